import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HeadraceError, interrupted } from '../shared/errors.ts';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Each line of both output streams as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

export interface ProgramEnd {
  /** Exit status; null when a signal ended the program. */
  readonly code: number | null;
  /** The last lines of both output streams, at most {@link KEPT_LINES}. */
  readonly lines: readonly string[];
}

/** Enough for every report that is read, and bounded where a program never stops talking. */
const KEPT_LINES = 2_000;

/**
 * Runs a program to its end. Rejects with HR_PROCESS when it cannot be started and with
 * HR_INTERRUPTED when the signal ended it; a bad exit status is the caller's to judge.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {}
): Promise<ProgramEnd> {
  options.signal?.throwIfAborted();
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd })
  });
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    options.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', keep);
  }
  const kill = (): void => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', cause => reject(notStarted(file, cause)));
      child.once('close', resolve);
    });
    if (options.signal?.aborted === true) throw interrupted(`${file} was ended`);
    return { code, lines };
  } finally {
    options.signal?.removeEventListener('abort', kill);
  }
}

function notStarted(file: string, cause: Error): HeadraceError {
  return new HeadraceError('HR_PROCESS', `Cannot start ${file}`, { why: cause.message, cause });
}
