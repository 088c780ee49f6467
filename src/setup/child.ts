import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HeadraceError, interrupted } from '../shared/errors.ts';

export interface ChildOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ChildResult {
  /** Exit status; 128 and more for a signal, as in a shell. */
  readonly status: number;
  /** Both outputs, interleaved by line; the newest {@link LOG_LINES} lines. */
  readonly log: string;
}

/** Bounds what a talkative child may keep in memory. */
const LOG_LINES = 5_000;

/**
 * Runs a program to its end and collects what it says. A status other than zero is a result, not an
 * error; rejects with HR_PROCESS when it cannot be started and with HR_INTERRUPTED after an abort.
 */
export async function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions
): Promise<ChildResult> {
  options.signal.throwIfAborted();
  const lines: string[] = [];
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      if (lines.length > LOG_LINES) lines.shift();
      options.onLine?.(line);
    });
  }
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  }).catch((cause: unknown) => {
    throw startFailure(command, cause, options.signal);
  });
  return { status, log: lines.join('\n') };
}

function startFailure(command: string, cause: unknown, signal: AbortSignal): HeadraceError {
  if (signal.aborted) return interrupted(command);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HeadraceError('HR_PROCESS', `${command} could not be started`, { why: reason, cause });
}
