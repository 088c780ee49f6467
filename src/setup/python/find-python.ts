import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../../local/child.ts';

/** A Python of the machine that can make the private environment. */
export interface Python {
  readonly command: string;
  readonly version: readonly [number, number];
}

/** Spark 4.3 asks for 3.11; 3.10 gets an older Spark (see requirements.txt). */
const PREFERRED_MINOR = 11;
const OLDEST_MINOR = 10;
const CANDIDATES = [
  'python3',
  ...[14, 13, 12, 11, 10].map(minor => `python3.${minor}`),
  'python'
] as const;
const PRINT_VERSION = 'import sys; print(*sys.version_info[:2]); print(sys.executable)';

/**
 * The Python to build on: `HEADRACE_PYTHON` where set, else the first on the path that Spark 4.3
 * takes, else one of 3.10. Rejects with HR_PYTHON when there is none.
 */
export async function findPython(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal
): Promise<Python> {
  const asked = env.HEADRACE_PYTHON;
  const found: Python[] = [];
  for (const candidate of asked === undefined ? CANDIDATES : [asked]) {
    const python = await probe(candidate, env, signal);
    if (python === null) continue;
    if (python.version[1] >= PREFERRED_MINOR) return python;
    found.push(python);
  }
  const usable = found.find(python => python.version[1] >= OLDEST_MINOR);
  if (usable === undefined) throw noPython(asked, found[0]);
  return usable;
}

async function probe(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal
): Promise<Python | null> {
  const result = await runProgram(command, ['-c', PRINT_VERSION], { env, signal }).catch(
    () => null
  );
  signal.throwIfAborted();
  if (result?.code !== 0) return null;
  const match = /^(\d+) (\d+)\n(.+)$/m.exec(result.lines.join('\n'));
  if (match === null || match[1] !== '3') return null;
  return { command: match[3] ?? command, version: [3, Number(match[2])] };
}

function noPython(asked: string | undefined, old: Python | undefined): HeadraceError {
  const why =
    asked !== undefined
      ? `HEADRACE_PYTHON is ${asked}, which is missing or too old`
      : old === undefined
        ? 'there is no python3 on the path'
        : `${old.command} is ${old.version.join('.')}`;
  return new HeadraceError('HR_PYTHON', 'Python 3.10 or newer is needed', {
    why,
    next: 'Install it from your package manager or https://www.python.org, or set HEADRACE_PYTHON to one; then repeat the command.'
  });
}
