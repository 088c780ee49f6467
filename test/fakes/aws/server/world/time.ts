import type { Clock } from '../../../../../src/runtime/clock.ts';

/**
 * Time of the server. Without a clock each reading call is one step, so that a test that polls sees
 * progress and never waits; with a clock a step is `stepMs` of it.
 */
export interface Time {
  /** Epoch milliseconds. */
  now(): number;
  /** A reading call came in. */
  step(): void;
  /** Does it so many steps from now. */
  after(steps: number, run: () => void): void;
  /** Does all that is due, in the order of time. */
  settle(): void;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

export function createTime(clock: Clock | null, stepMs: number): Time {
  const start = clock?.now() ?? Date.now();
  const agenda: Due[] = [];
  let steps = 0;
  /** Set while something that was due before is done. */
  let then: number | null = null;
  const real = (): number => clock?.now() ?? start + steps * stepMs;
  const now = (): number => then ?? real();

  const next = (): Due | undefined => {
    const due = agenda.filter(({ at }) => at <= real());
    return due.sort((one, other) => one.at - other.at)[0];
  };
  return {
    now,
    step: () => void (steps += 1),
    after: (count, run) => void agenda.push({ at: now() + count * stepMs, run }),
    settle() {
      for (let due = next(); due !== undefined; due = next()) {
        agenda.splice(agenda.indexOf(due), 1);
        then = due.at;
        due.run();
      }
      then = null;
    }
  };
}
