import { readdir, readFile, readlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { runProgram } from './child.ts';

/** A process for as long as it lives: numbers are used again, a number with a start time is not. */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** When it started, in the system's own notation. */
  start: z.string().min(1)
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export interface RunningProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  /** Its working folder, null where the system does not tell. */
  readonly cwd: string | null;
}

const HAS_PROC = existsSync('/proc/self/stat');

/** Start time of a live process, null where there is none. A zombie lives no more. */
export async function processStart(pid: number): Promise<string | null> {
  return HAS_PROC ? startFromProc(pid) : startFromPs(pid);
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, start: (await processStart(process.pid)) ?? 'unknown' };
}

export async function isAlive({ pid, start }: ProcessIdentity): Promise<boolean> {
  return (await processStart(pid)) === start;
}

/** All processes that this user may see, with their command lines. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  return HAS_PROC ? listFromProc() : listFromPs();
}

/** Sends a signal; a process that is gone already is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** State and start time are the fields 3 and 22 of proc(5); the name before them may hold anything. */
async function startFromProc(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const start = fields[19];
  return start === undefined || state === 'Z' || state === 'X' ? null : start;
}

async function startFromPs(pid: number): Promise<string | null> {
  const { lines } = await runProgram('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const [, state, start] = /^(\S+)\s+(.+?)\s*$/.exec(lines[0] ?? '') ?? [];
  return start === undefined || state?.startsWith('Z') === true ? null : start;
}

async function listFromProc(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async pid => {
      const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
      return { pid: Number(pid), argv: text.split('\0').filter(part => part !== ''), cwd };
    })
  );
  return all.filter(({ argv }) => argv.length > 0);
}

async function listFromPs(): Promise<RunningProcess[]> {
  const { lines } = await runProgram('ps', ['-A', '-ww', '-o', 'pid=,command=']);
  return lines.flatMap(line => {
    const [, pid, command] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), argv: command.split(' '), cwd: null }];
  });
}
