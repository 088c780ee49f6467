import type { Clock } from '../../runtime/clock.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { EnvironmentVariables, HeadracePaths } from '../paths.ts';
import { isAlive } from '../processes.ts';
import { faultError, readStack, readStart, type StackRecord } from '../supervisor/records.ts';
import { lockHolder } from '../supervisor/stack-lock.ts';
import { silentEnd, spawnStack, type SpawnedStack } from './spawn-stack.ts';
import { StackHttp } from './stack-http.ts';

export interface FindOptions {
  readonly paths: HeadracePaths;
  readonly env: EnvironmentVariables;
  readonly clock: Clock;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Between two looks at a stack that starts, milliseconds. */
const LOOK_MS = 100;
/** Longer than the daemon's own limits, so that its reason is heard, milliseconds. */
const LIMIT_MS = 180_000;
/** A stack may end under our eyes, by its own lease rules, but not again and again. */
const MAX_STARTS = 3;

/** The record of the running stack, or null: its process lives and it answers with its token. */
export async function runningStack(paths: HeadracePaths): Promise<StackRecord | null> {
  const record = await readStack(paths);
  if (record === null || !(await isAlive(record.daemon))) return null;
  const answers = await new StackHttp(record).status().then(
    () => true,
    () => false
  );
  return answers ? record : null;
}

/**
 * The running stack; starts one where there is none, waits for one that another kernel starts or
 * that is just ending. Rejects with the reason that the daemon gave, or HR_TIMEOUT.
 */
export async function findOrStartStack(options: FindOptions): Promise<StackRecord> {
  const { paths, clock, onProgress, signal } = options;
  const limit = clock.now() + LIMIT_MS;
  const watch = new StartWatch(options);
  while (clock.now() < limit) {
    signal.throwIfAborted();
    const record = await runningStack(paths);
    if (record !== null) return record;
    const holder = await lockHolder(paths.lockFile);
    if (holder === null) await watch.startOrFail();
    else await watch.follow(holder.pid, onProgress);
    await clock.sleep(LOOK_MS, signal);
  }
  throw new HeadraceError('HR_TIMEOUT', 'The local stack did not become ready in three minutes', {
    next: `Run %provision down --stack, then %provision local. The logs are in ${paths.logs}.`
  });
}

/** Follows the daemons that come and go while one client waits. */
class StartWatch {
  readonly #options: FindOptions;
  #spawned: SpawnedStack | null = null;
  #starts = 0;
  #label = '';
  readonly #seen = new Set<number>();

  constructor(options: FindOptions) {
    this.#options = options;
  }

  /** Nobody has the lock: our daemon has not got so far, or one failed, or one must be started. */
  async startOrFail(): Promise<void> {
    const { paths, env } = this.#options;
    if (this.#spawned?.ended() === false) return;
    const record = await readStart(paths);
    const fault = record !== null && this.#seen.has(record.pid) ? faultError(record) : null;
    if (fault !== null) throw fault;
    if (this.#starts === MAX_STARTS) throw await silentEnd(paths);
    this.#starts += 1;
    this.#spawned = await spawnStack(paths, env);
    this.#seen.add(this.#spawned.pid);
  }

  async follow(pid: number, onProgress: OnProgress): Promise<void> {
    this.#seen.add(pid);
    const record = await readStart(this.#options.paths);
    if (record?.pid !== pid || record.label === this.#label) return;
    this.#label = record.label;
    onProgress({ label: record.label, fraction: record.fraction });
  }
}
