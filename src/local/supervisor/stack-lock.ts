import { randomUUID } from 'node:crypto';
import { link, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { isAlive, ownIdentity, processIdentitySchema, type ProcessIdentity } from '../processes.ts';
import { removeFile, writeWhole } from '../whole-file.ts';

const holderSchema = processIdentitySchema.extend({
  /** Tells two locks of one process apart. */
  nonce: z.string().min(1)
});
type Holder = z.infer<typeof holderSchema>;

export interface StackLock {
  release(): Promise<void>;
}

/** What a lock is taken for whose text cannot be read: one of a process that is gone. */
const DAMAGED: Holder = { pid: 0, start: 'never', nonce: 'damaged' };
/** Nobody loses this many races in a row unless the folder itself is broken. */
const TRIES = 20;

/** The live process that has the lock, or null. */
export async function lockHolder(file: string): Promise<ProcessIdentity | null> {
  const holder = await readHolder(file);
  return holder !== null && (await isAlive(holder)) ? holder : null;
}

/**
 * Takes the lock for this process, or resolves to null when a live process has it. The lock of a
 * process that died is taken over; only one of several that try at once succeeds.
 * Rejects with HR_FILE when the folder cannot be written.
 */
export async function acquireLock(file: string): Promise<StackLock | null> {
  const own: Holder = { ...(await ownIdentity()), nonce: randomUUID() };
  const draft = `${file}.${own.nonce}`;
  await writeWhole(draft, own);
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (await linked(draft, file)) return heldLock(file, own);
      const holder = await readHolder(file);
      if (holder === null) continue;
      if (await isAlive(holder)) return null;
      if (await takenOver(file, draft, holder)) return heldLock(file, own);
    }
  } finally {
    await removeFile(draft);
  }
  throw new HeadraceError('HR_FILE', `Cannot take the lock ${file}`, {
    why: 'its folder does not behave like a local folder',
    next: 'Set HEADRACE_RUN to a folder on a local disk.'
  });
}

/**
 * Replaces the lock of a dead process. The claim carries the name of the very lock that is replaced,
 * so that of all who saw it one wins; who claims too late sees another lock and starts again.
 */
async function takenOver(file: string, draft: string, dead: Holder): Promise<boolean> {
  const claim = `${file}.after-${dead.nonce}`;
  if (!(await linked(draft, claim))) {
    const claimant = await readHolder(claim);
    if (claimant !== null && !(await isAlive(claimant))) await removeFile(claim);
    return false;
  }
  const now = await readHolder(file);
  if (now?.nonce !== dead.nonce) {
    await removeFile(claim);
    return false;
  }
  await rename(claim, file);
  return true;
}

function heldLock(file: string, own: Holder): StackLock {
  return {
    async release() {
      const holder = await readHolder(file);
      if (holder?.nonce === own.nonce) await removeFile(file);
    }
  };
}

/** Null where there is no lock at all. */
async function readHolder(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return DAMAGED;
  }
}

/** A hard link appears with its whole content or not at all, and never over another file. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
