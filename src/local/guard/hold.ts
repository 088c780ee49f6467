import { closeSync, constants, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../child.ts';

/** What keeps a guarded program alive for as long as this process lives. */
export interface Hold {
  /** Calls after the first do nothing. */
  release(): void;
}

/** Makes a new named pipe for this user; a program that waits at an old one of this name is not held by it. */
export async function makePipe(file: string): Promise<void> {
  await rm(file, { force: true });
  const { code, lines } = await runProgram('mkfifo', ['-m', '600', file]);
  if (code === 0) return;
  throw new HeadraceError('HR_FILE', `Cannot make the named pipe ${file}`, {
    why: lines.at(-1) ?? `mkfifo ended with status ${code ?? 'unknown'}`,
    next: 'Set HEADRACE_RUN to a folder on a local disk.'
  });
}

/**
 * Takes hold by the writing end of a pipe; several may hold at once. Opening it alone would fail before
 * its reader is there, so a reader of our own is there for a moment. Throws the error of the file system.
 */
export function takeHold(file: string): Hold {
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let writer: number | null = null;
  try {
    writer = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  } finally {
    closeSync(reader);
  }
  return {
    release() {
      if (writer !== null) closeSync(writer);
      writer = null;
    }
  };
}
