import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeadraceError } from '../../shared/errors.ts';
import { lastLines } from '../broker/failure.ts';
import {
  ensurePrivateFolder,
  projectRoot,
  type EnvironmentVariables,
  type HeadracePaths
} from '../paths.ts';

export interface SpawnedStack {
  readonly pid: number;
  /** Whether the process has ended. */
  ended(): boolean;
}

/** A log that has grown beyond this is begun anew with the next start, bytes. */
const MAX_LOG_BYTES = 1024 * 1024;

/** Starts the daemon in a session of its own, so that it outlives this kernel. */
export async function spawnStack(
  paths: HeadracePaths,
  env: EnvironmentVariables
): Promise<SpawnedStack> {
  await ensurePrivateFolder(paths.run);
  await ensurePrivateFolder(paths.logs);
  const log = openSync(stackLog(paths), logMode(stackLog(paths)), 0o600);
  const child = spawn(process.execPath, stackProgram(), {
    cwd: projectRoot(),
    env,
    stdio: ['ignore', log, log],
    detached: true
  });
  closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', cause => reject(notStarted(cause)));
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  child.unref();
  return { pid, ended: () => child.exitCode !== null || child.signalCode !== null };
}

/** The error for a daemon that ended without having written down why. */
export async function silentEnd(paths: HeadracePaths): Promise<HeadraceError> {
  const lines = await lastLines(stackLog(paths), 20);
  return new HeadraceError('HR_PROCESS', 'The local stack ended while it started', {
    why: lines.at(-1) ?? 'it wrote nothing',
    next: `Run %provision local again. The log is ${stackLog(paths)}.`,
    traceback: lines
  });
}

/** The built program, or its source where this runs from source itself. */
function stackProgram(): string[] {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts')
    ? ['--import', 'tsx', path.join(projectRoot(), 'src/local/main.ts')]
    : [path.join(projectRoot(), 'build/node/stack.mjs')];
}

function stackLog(paths: HeadracePaths): string {
  return path.join(paths.logs, 'stack.log');
}

function logMode(file: string): 'a' | 'w' {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size > MAX_LOG_BYTES ? 'w' : 'a';
}

function notStarted(cause: Error): HeadraceError {
  return new HeadraceError('HR_PROCESS', 'Cannot start the local stack', {
    why: cause.message,
    next: 'Run npm start once.',
    cause
  });
}
