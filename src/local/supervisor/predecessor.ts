import { mkdir, rm } from 'node:fs/promises';
import type { Clock } from '../../runtime/clock.ts';
import { removeBroker } from '../broker/broker-record.ts';
import { batchFolders } from '../gateway/batches/batch-record.ts';
import { sessionFolders } from '../gateway/sessions/session-record.ts';
import { ensurePrivateFolder, type HeadracePaths } from '../paths.ts';
import { endLeftovers, isBroker, worksIn } from './leftovers.ts';
import { readStack, type StackRecord } from './records.ts';

/**
 * Looks what an earlier daemon has left, for the holder of the lock. One that ended in good order took
 * its record with it, and then all that is left is ended and removed. Of one that was killed, the
 * broker and the sessions and batches on record are kept for adoption; resolves to its record.
 */
export async function takeOver(
  paths: HeadracePaths,
  clock: Clock,
  log: (line: string) => void
): Promise<StackRecord | null> {
  await ensurePrivateFolder(paths.data);
  const killed = await readStack(paths);
  const ended = killed === null ? await clearAll(paths, clock) : await clearRest(paths, clock);
  if (ended > 0) log(`ended ${ended} processes of an earlier stack`);
  for (const folder of [paths.logs, paths.sessions]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return killed;
}

async function clearAll(paths: HeadracePaths, clock: Clock): Promise<number> {
  const ended = await endLeftovers(paths, clock);
  await removeBroker(paths);
  await rm(paths.sessions, { recursive: true, force: true });
  return ended;
}

/** What no record tells of cannot be adopted. */
async function clearRest(paths: HeadracePaths, clock: Clock): Promise<number> {
  const stores = [sessionFolders(paths.sessions), batchFolders(paths.sessions)];
  const kept = stores.flatMap(store => store.all().map(({ folder }) => folder));
  return endLeftovers(
    paths,
    clock,
    one => !isBroker(one, paths) && !kept.some(folder => worksIn(one, folder))
  );
}
