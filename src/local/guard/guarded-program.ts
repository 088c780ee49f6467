import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Clock } from '../../runtime/clock.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { isAlive, processStart, sendSignal, type ProcessIdentity } from '../processes.ts';
import { GUARD_SCRIPT } from './guard-script.ts';
import { makePipe, takeHold, type Hold } from './hold.ts';

export interface GuardedProgram {
  /** The shell that guards the program, which is its child. */
  readonly guard: ProcessIdentity;
  /** Resolves with the exit status when the program has ended; null where the system does not tell. */
  readonly ended: Promise<number | null>;
  /** Asks the program to end, by force after ten seconds; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface GuardOptions {
  /** File for the output of the program, begun anew. */
  readonly output: string;
  /** Named pipe by which the program is held; made anew. */
  readonly pipe: string;
  /** How long the program goes on when its holder was killed, waiting for the next one. */
  readonly orphanSeconds: number;
}

/** Between two looks at whether an adopted program lives, milliseconds. */
const LOOK_MS = 500;

/**
 * Starts a program that outlives this process only for a while, in which another process can adopt it.
 * Rejects with HR_PROCESS when the shell cannot be started, HR_FILE when the pipe cannot be made.
 */
export async function startGuarded(
  file: string,
  args: readonly string[],
  options: GuardOptions
): Promise<GuardedProgram> {
  await makePipe(options.pipe);
  const hold = takeHold(options.pipe);
  try {
    const child = spawnGuard(file, args, options);
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
    const pid = await spawned(child, file);
    const guard = { pid, start: (await processStart(pid)) ?? 'ended' };
    return guarded(guard, ended, hold);
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** Takes hold of a program that another process has started; null when it runs no more. */
export async function adoptGuarded(
  guard: ProcessIdentity,
  pipe: string,
  clock: Clock
): Promise<GuardedProgram | null> {
  const hold = holdOrNull(pipe);
  if (hold === null) return null;
  if (await isAlive(guard)) return guarded(guard, endOf(guard, clock), hold);
  hold.release();
  return null;
}

function guarded(
  guard: ProcessIdentity,
  ended: Promise<number | null>,
  hold: Hold
): GuardedProgram {
  void ended.then(() => hold.release());
  return {
    guard,
    ended,
    async stop() {
      if (await isAlive(guard)) sendSignal(guard.pid, 'SIGTERM');
      await ended;
    }
  };
}

function spawnGuard(file: string, args: readonly string[], options: GuardOptions): ChildProcess {
  const { output, pipe, orphanSeconds } = options;
  const log = openSync(output, 'w', 0o600);
  const script = ['-c', GUARD_SCRIPT, 'headrace-guard', pipe, String(orphanSeconds)];
  try {
    return spawn('/bin/sh', [...script, file, ...args], { stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

function spawned(guard: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    guard.once('error', cause =>
      reject(new HeadraceError('HR_PROCESS', `Cannot start ${file}`, { why: cause.message, cause }))
    );
    guard.once('spawn', () => resolve(guard.pid ?? 0));
  });
}

function holdOrNull(pipe: string): Hold | null {
  try {
    return takeHold(pipe);
  } catch {
    return null;
  }
}

/** The system tells only a parent when a process ends, so others have to look. */
async function endOf(guard: ProcessIdentity, clock: Clock): Promise<null> {
  while (await isAlive(guard)) await clock.sleep(LOOK_MS);
  return null;
}
