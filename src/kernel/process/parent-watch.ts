import type { Clock } from '../../runtime/clock.ts';

/** How often the parent is looked for, milliseconds. */
const POLL_MS = 1_000;

/** The process that started this kernel, as Jupyter names it in `JPY_PARENT_PID`; null where it is not known. */
export function parentPid(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform
): number | null {
  const pid = Number(environment.JPY_PARENT_PID);
  const known = Number.isInteger(pid) && pid > 1;
  // On Windows the variable holds a process handle and not an id.
  return known && platform !== 'win32' ? pid : null;
}

/** Resolves when the parent is gone: a kernel without a server would stay for ever. Rejects when aborted. */
export async function parentGone(pid: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (isAlive(pid)) await clock.sleep(POLL_MS, signal);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
