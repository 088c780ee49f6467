import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HeadraceError } from '../../../../shared/errors.ts';

/** A child process of this one. */
export interface Program {
  /** Resolves with the exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Each line of both output streams. */
  readonly onLine: (line: string) => void;
}

/** Starts a program; null where there is none of that name, HR_PROCESS where it cannot be started. */
export type StartProgram = (
  file: string,
  args: readonly string[],
  options: ProgramOptions
) => Promise<Program | null>;

/** Starts programs as child processes, found as the shell finds them. */
export const startProgram: StartProgram = async (file, args, { env, onLine }) => {
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env }
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const failure = await new Promise<NodeJS.ErrnoException | null>(resolve => {
    child.once('spawn', () => resolve(null));
    child.once('error', resolve);
  });
  if (failure?.code === 'ENOENT') return null;
  if (failure !== null)
    throw new HeadraceError('HR_PROCESS', `Cannot start ${file}`, {
      why: failure.message,
      cause: failure
    });
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    }
  };
};
