import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Between two looks at whether a process group still exists, milliseconds. */
const LOOK_MS = 20;

/**
 * Whether a process of the group lives. Zombies do not: where nobody collects orphans, as in a
 * container without an init, they stay for ever.
 */
export function groupExists(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  return lives(group) ?? processNumbers().some(pid => groupOf(pid) === group && lives(pid));
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

/** Fields of proc(5) after the name: state, parent, group. Undefined without the process or without /proc. */
function stat(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function groupOf(pid: number): number {
  return Number(stat(pid)?.[2]);
}

/** True for what runs; undefined for a leader that has ended, whose group may have other members. */
function lives(pid: number): true | undefined {
  const state = stat(pid)?.[0];
  return state === undefined || state === 'Z' || state === 'X' ? undefined : true;
}

function processNumbers(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
