import { readdir, readFile } from 'node:fs/promises';
import { runProgram } from '../../local/child.ts';
import type { GroupContext, TestGroup } from './group.ts';
import { filesBelow, RUN_MARK } from './sandbox.ts';
import type { Tally } from './tally.ts';

/** A process of this test run that still lives. */
export interface Survivor {
  readonly pid: number;
  readonly command: string;
}

/** How long processes that are on their way out may take. */
const END_LIMIT_MS = 30_000;
const POLL_MS = 500;

/** Group: after all others, nothing of them is left, neither a process nor a file. */
export function leftovers(clock: {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}): TestGroup {
  return {
    name: 'leftovers',
    summary: 'no process and no file is left behind',
    async run(context) {
      const deadline = clock.now() + END_LIMIT_MS;
      let survivors = await findSurvivors(context);
      while (survivors.length > 0 && clock.now() < deadline) {
        await clock.sleep(POLL_MS, context.signal);
        survivors = await findSurvivors(context);
      }
      for (const { pid, command } of survivors) context.log(`left running: ${pid} ${command}`);
      survivors.forEach(endSurvivor);
      const files = await filesBelow(context.sandbox.home);
      for (const name of files) context.log(`left in the home folder: ${name}`);
      return tally([survivors.length === 0, files.length === 0]);
    }
  };
}

function tally(checks: readonly boolean[]): Tally {
  const passed = checks.filter(Boolean).length;
  return { passed, failed: checks.length - passed };
}

/** Only processes that carry the mark of this run: nobody else's are touched. */
function endSurvivor({ pid }: Survivor): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

async function findSurvivors(context: GroupContext): Promise<readonly Survivor[]> {
  const mark = `${RUN_MARK}=${context.sandbox.mark}`;
  return process.platform === 'linux' ? fromProc(mark) : fromPs(mark, context.signal);
}

/** https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html */
async function fromProc(mark: string): Promise<readonly Survivor[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async pid => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
      if (!(await read('environ')).split('\0').includes(mark)) return null;
      const command = (await read('cmdline')).replaceAll('\0', ' ').trim();
      // An ended process that nobody waited for has no command line.
      return command === '' ? null : { pid, command };
    })
  );
  return found.filter(survivor => survivor !== null);
}

async function fromPs(mark: string, signal: AbortSignal): Promise<readonly Survivor[]> {
  const end = await runProgram('ps', ['eww', '-ax', '-o', 'pid=,command='], { signal });
  return end.lines
    .filter(line => line.includes(mark))
    .map(line => ({ pid: Number.parseInt(line, 10), command: line.trim() }));
}
