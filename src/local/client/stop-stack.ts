import { rm } from 'node:fs/promises';
import type { Clock } from '../../runtime/clock.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import { removeBroker } from '../broker/broker-record.ts';
import type { HeadracePaths } from '../paths.ts';
import { endLeftovers } from '../supervisor/leftovers.ts';
import { isAlive, sendSignal, type ProcessIdentity } from '../processes.ts';
import { readStack } from '../supervisor/records.ts';
import { acquireLock, lockHolder } from '../supervisor/stack-lock.ts';
import { removeFile } from '../whole-file.ts';
import { StackHttp } from './stack-http.ts';

export interface StopOptions {
  readonly paths: HeadracePaths;
  readonly clock: Clock;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

const LOOK_MS = 100;
/** Sessions and broker have ten seconds each to end, milliseconds. */
const LIMIT_MS = 30_000;

/**
 * Ends the stack, one that still starts included, and resolves when its last process is gone and
 * its topics and tables are removed. A daemon that does not end in time is ended by force.
 */
export async function stopStack(options: StopOptions): Promise<void> {
  const { paths, clock, onProgress, signal } = options;
  const daemon = await lockHolder(paths.lockFile);
  if (daemon !== null) {
    onProgress({ label: 'local stack: stop', fraction: null });
    await askToEnd(daemon, paths);
    const gone = await endsInTime(daemon, clock, signal);
    if (!gone) {
      sendSignal(daemon.pid, 'SIGKILL');
      await endsInTime(daemon, clock, signal);
    }
  }
  await cleanUp(paths, clock);
  onProgress({ label: 'local stack: stopped', fraction: 1 });
}

async function askToEnd(daemon: ProcessIdentity, paths: HeadracePaths): Promise<void> {
  const record = await readStack(paths);
  if (record?.daemon.pid === daemon.pid) {
    const asked = await new StackHttp(record).shutdown().then(
      () => true,
      () => false
    );
    if (asked) return;
  }
  sendSignal(daemon.pid, 'SIGTERM');
}

async function endsInTime(
  daemon: ProcessIdentity,
  clock: Clock,
  signal: AbortSignal
): Promise<boolean> {
  const limit = clock.now() + LIMIT_MS;
  while (await isAlive(daemon)) {
    if (clock.now() > limit) return false;
    await clock.sleep(LOOK_MS, signal);
  }
  return true;
}

/** What a daemon leaves that was killed; nothing is touched when a new one has started already. */
async function cleanUp(paths: HeadracePaths, clock: Clock): Promise<void> {
  const lock = await acquireLock(paths.lockFile).catch(() => null);
  if (lock === null) return;
  try {
    await endLeftovers(paths, clock);
    await removeFile(paths.stackFile);
    await removeBroker(paths);
    await rm(paths.data, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}
