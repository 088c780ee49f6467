import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import type { HeadracePaths } from '../../local/paths.ts';
import { runProgram } from '../../local/child.ts';
import type { SetupStep } from '../step.ts';
import type { Python } from './find-python.ts';
import { isolatedPython, pipInstall } from './pip.ts';

/** The private environment: Python with JupyterLab, Spark and the packages of the cells. */
export interface PythonEnvironment {
  readonly folder: string;
  /** Its interpreter. */
  readonly python: string;
}

export interface EnvironmentOptions {
  readonly paths: HeadracePaths;
  /** Path of requirements.txt. */
  readonly requirements: string;
  readonly findPython: (signal: AbortSignal) => Promise<Python>;
}

/**
 * Step: the environment for exactly these requirements. A stamp is its last file, so one that was
 * interrupted is recognised and made again; packages that pip has cached are not fetched twice.
 */
export function privateEnvironment(options: EnvironmentOptions): SetupStep<PythonEnvironment> {
  return {
    name: 'Python environment with JupyterLab and Spark',
    async check() {
      const environment = await locate(options);
      return existsSync(stampOf(environment)) && existsSync(environment.python)
        ? environment
        : null;
    },
    async run(onProgress, signal) {
      const environment = await locate(options);
      const python = await options.findPython(signal);
      onProgress({ label: `with ${python.command}`, fraction: null });
      await rm(environment.folder, { recursive: true, force: true });
      await createEnvironment(python, environment.folder, signal);
      await pipInstall(environment.python, [options.requirements], onProgress, signal);
      await writeFile(stampOf(environment), `${python.version.join('.')}\n`);
      return environment;
    }
  };
}

/**
 * Step: more requirements in the same environment, such as those of the tests. The stamp carries their
 * hash, so a changed file is installed anew.
 */
export function environmentExtras(
  environment: PythonEnvironment,
  name: string,
  requirements: string
): SetupStep<true> {
  const stamp = async () =>
    path.join(environment.folder, `.headrace-${await contentHash(requirements)}`);
  return {
    name,
    check: async () => (existsSync(await stamp()) ? true : null),
    async run(onProgress, signal) {
      await pipInstall(environment.python, [requirements], onProgress, signal);
      await writeFile(await stamp(), '');
      return true;
    }
  };
}

/** Folder and version of an installed package, asked of the environment itself. */
export async function locatePackage(
  environment: PythonEnvironment,
  name: string,
  signal: AbortSignal
): Promise<{ readonly folder: string; readonly version: string }> {
  const code = `import importlib.metadata as m, importlib.util as u, os
print(os.path.dirname(u.find_spec(${JSON.stringify(name)}).origin)); print(m.version(${JSON.stringify(name)}))`;
  const result = await runProgram(environment.python, ['-c', code], {
    signal,
    env: isolatedPython(process.env)
  });
  const [folder, version] = result.lines;
  if (result.code !== 0 || folder === undefined || version === undefined)
    throw new HeadraceError('HR_PYTHON', `The private Python environment has no ${name}`, {
      why: 'it was changed after it was made',
      next: `Remove ${environment.folder}, then repeat the command.`
    });
  return { folder, version };
}

async function locate(options: EnvironmentOptions): Promise<PythonEnvironment> {
  const folder = `${options.paths.venv}-${await contentHash(options.requirements)}`;
  const python = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
  return { folder, python: path.join(folder, python) };
}

async function contentHash(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 12);
}

function stampOf(environment: PythonEnvironment): string {
  return path.join(environment.folder, '.headrace-complete');
}

async function createEnvironment(
  python: Python,
  folder: string,
  signal: AbortSignal
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const result = await runProgram(python.command, ['-m', 'venv', folder], {
    signal,
    env: isolatedPython(process.env)
  });
  if (result.code === 0) return;
  if (/No space left|Errno 28/.test(result.lines.join('\n')))
    throw new HeadraceError('HR_DISK', 'The private Python environment could not be made', {
      why: 'the disk is full',
      next: 'Free 2 GB or set HEADRACE_HOME to a roomier disk, then repeat the command.'
    });
  const missing = /ensurepip|No module named venv/.test(result.lines.join('\n'));
  throw new HeadraceError('HR_PYTHON', 'The private Python environment could not be made', {
    why: missing
      ? `${python.command} has no venv or ensurepip module`
      : (result.lines.at(-1) ?? 'venv gave no reason'),
    next: missing
      ? `On Debian or Ubuntu run \`apt install python3.${python.version[1]}-venv\`, or set HEADRACE_PYTHON to another Python; then repeat the command.`
      : 'Set HEADRACE_PYTHON to another Python, then repeat the command.'
  });
}
