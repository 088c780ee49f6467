import { readdir } from 'node:fs/promises';
import { runProgram } from '../src/local/child.ts';

/** Memory that a process holds. */
interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  /** Resident, bytes. */
  readonly resident: number;
}

/** Resident bytes of a process and of all that it has started, by themselves. */
export interface TreeMemory {
  readonly own: number;
  readonly started: number;
}

/** What one process holds; handles only where /proc tells them. */
export interface Holdings {
  readonly resident: number;
  readonly handles: number | null;
}

export async function treeMemory(root: number, signal: AbortSignal): Promise<TreeMemory> {
  const all = await processes(signal);
  const below = (pid: number): number =>
    all
      .filter(({ parent }) => parent === pid)
      .reduce((sum, child) => sum + child.resident + below(child.pid), 0);
  return { own: residentOf(all, root), started: below(root) };
}

export async function holdings(pid: number, signal: AbortSignal): Promise<Holdings> {
  const resident = residentOf(await processes(signal), pid);
  // https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html
  const handles = await readdir(`/proc/${pid}/fd`).then(
    names => names.length,
    () => null
  );
  return { resident, handles };
}

function residentOf(all: readonly ProcessMemory[], pid: number): number {
  return all.find(process => process.pid === pid)?.resident ?? Number.NaN;
}

/** https://man7.org/linux/man-pages/man1/ps.1.html: `rss` is in units of 1,024 bytes. */
async function processes(signal: AbortSignal): Promise<readonly ProcessMemory[]> {
  const end = await runProgram('ps', ['-axo', 'pid=,ppid=,rss='], { signal });
  return end.lines.map(line => {
    const [pid = 0, parent = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, resident: kibibytes * 1_024 };
  });
}
