import type { ChildProcess } from 'node:child_process';

/** How a process has ended. */
export interface Exit {
  readonly signal: NodeJS.Signals | null;
  /** What follows "it has ended:". */
  readonly words: string;
}

/** The system tells only a parent how a process has ended. */
export const UNKNOWN_EXIT: Exit = { signal: null, words: 'its process is gone' };

/** Resolves when a child has ended or could not be started; never for null. */
export function exitOf(child: ChildProcess | null): Promise<Exit> {
  return new Promise(resolve => {
    child?.once('error', ({ message }) =>
      resolve({ signal: null, words: `Python did not start: ${message}` })
    );
    child?.once('exit', (status, signal) =>
      resolve({
        signal,
        words: signal === null ? `exit status ${status ?? 'unknown'}` : `killed by ${signal}`
      })
    );
  });
}
