import { setTimeout as delay } from 'node:timers/promises';

/** Between two looks at whether a process group still exists, milliseconds. */
const LOOK_MS = 20;

/** Whether any process of the group is left. */
export function groupExists(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends a signal to all processes of a group; one that has ended is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    return;
  }
}

/** Resolves with true when the group has ended, with false when it has not within the time. */
export async function groupEnded(group: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (groupExists(group)) {
    if (Date.now() > deadline) return false;
    await delay(LOOK_MS);
  }
  return true;
}
