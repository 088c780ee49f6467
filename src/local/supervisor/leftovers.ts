import path from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { brokerFiles } from '../broker/broker-files.ts';
import type { HeadracePaths } from '../paths.ts';
import { processStart, runningProcesses, sendSignal, type RunningProcess } from '../processes.ts';

const LOOK_MS = 50;
/** After this a process that was asked to end is ended by force. */
const GRACE_MS = 5_000;
/** A process that survives a KILL for this long hangs in the kernel of the system. */
const KILL_LIMIT_MS = 10_000;

/**
 * Whether a process was started by the stack of these folders: a Java or Python program that names
 * a file in them or works in the folder of a session. Editors, shells and viewers are left alone.
 */
export function belongsToStack(process: RunningProcess, paths: HeadracePaths): boolean {
  const [program = '', ...args] = process.argv;
  if (!/^(java|python[\d.]*)$/.test(path.basename(program))) return false;
  const inside = process.cwd?.startsWith(`${paths.sessions}/`) === true;
  return inside || args.some(arg => [paths.run, paths.data].some(dir => arg.includes(`${dir}/`)));
}

/** Whether a process of the stack is its broker. */
export function isBroker(process: RunningProcess, paths: HeadracePaths): boolean {
  return belongsToStack(process, paths) && process.argv.includes(brokerFiles(paths).server);
}

/** Whether a process of the stack belongs to the session or batch of a folder. */
export function worksIn(process: RunningProcess, folder: string): boolean {
  const inside = (name: string): boolean => name === folder || name.startsWith(`${folder}/`);
  const { argv, cwd } = process;
  return (cwd !== null && inside(cwd)) || argv.some(arg => `${arg}/`.includes(`${folder}/`));
}

/** Processes of the stack that run now. */
export async function stackProcesses(paths: HeadracePaths): Promise<RunningProcess[]> {
  return (await runningProcesses()).filter(one => belongsToStack(one, paths));
}

/**
 * Ends processes that a stack left behind, all or those chosen, and resolves with their number when
 * the last of them is gone. Rejects with HR_PROCESS when one cannot be ended.
 */
export async function endLeftovers(
  paths: HeadracePaths,
  clock: Clock,
  chosen: (process: RunningProcess, paths: HeadracePaths) => boolean = () => true
): Promise<number> {
  const left = (await stackProcesses(paths)).filter(one => chosen(one, paths));
  for (const { pid } of left) sendSignal(pid, 'SIGTERM');
  const stubborn = await waitForEnd(left, GRACE_MS, clock);
  for (const { pid } of stubborn) sendSignal(pid, 'SIGKILL');
  const immortal = await waitForEnd(stubborn, KILL_LIMIT_MS, clock);
  if (immortal.length > 0) {
    const pids = immortal.map(({ pid }) => pid).join(', ');
    throw new HeadraceError('HR_PROCESS', `Cannot end processes of an earlier stack: ${pids}`, {
      next: 'End them by hand, then try again.'
    });
  }
  return left.length;
}

async function waitForEnd(
  processes: readonly RunningProcess[],
  limit: number,
  clock: Clock
): Promise<readonly RunningProcess[]> {
  const end = clock.now() + limit;
  let alive = processes;
  while (alive.length > 0 && clock.now() < end) {
    await clock.sleep(LOOK_MS);
    const starts = await Promise.all(alive.map(({ pid }) => processStart(pid)));
    alive = alive.filter((_, index) => starts[index] !== null);
  }
  return alive;
}
