import type { Time } from '../world/time.ts';

/** One piece of work on a stack. */
export interface Task {
  readonly key: string;
  /** Keys of those that have to be done before. */
  readonly after: readonly string[];
  /** Begins; how many steps it takes, or why it failed at once. */
  start(): number | string;
  /** Ends; why it failed, or null. */
  finish(): string | null;
  /** It runs, and is given up. */
  cancel(): void;
}

export interface Outcome {
  /** Reasons by key. */
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Does the tasks as CloudFormation does: each as soon as those before it are done. After a failure the
 * others are given up, or (`goOn`) only those that wait for it. Returns a way to give all of it up.
 */
export function runGraph(
  time: Time,
  tasks: readonly Task[],
  goOn: boolean,
  done: (outcome: Outcome) => void
): () => void {
  const waiting = new Map(tasks.map(task => [task.key, task]));
  const running = new Map<string, Task>();
  const failed = new Map<string, string>();
  const keys = new Set(waiting.keys());
  const ready = new Set<string>();
  let over = false;

  const mayStart = (task: Task): boolean =>
    task.after.every(key => !keys.has(key) || ready.has(key));
  const end = (key: string, reason: string | null): void => {
    if (reason === null) ready.add(key);
    else failed.set(key, reason);
  };
  const giveUp = (): void => {
    over = true;
    for (const task of running.values()) task.cancel();
    running.clear();
  };
  const start = (task: Task): void => {
    waiting.delete(task.key);
    const steps = task.start();
    if (typeof steps === 'string') {
      end(task.key, steps);
      return;
    }
    running.set(task.key, task);
    time.after(steps, () => {
      if (over || !running.delete(task.key)) return;
      end(task.key, task.finish());
      proceed();
    });
  };
  const proceed = (): void => {
    const stopped = failed.size > 0 && !goOn;
    for (const task of [...waiting.values()].filter(mayStart)) {
      if (failed.size === 0 || goOn) start(task);
    }
    if (stopped || (failed.size > 0 && !goOn)) giveUp();
    if (over || running.size === 0) {
      over = true;
      done({ failed });
    }
  };
  proceed();
  return giveUp;
}
