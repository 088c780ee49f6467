import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { HeadracePaths } from '../../local/paths.ts';
import type { PythonEnvironment } from '../python/private-environment.ts';
import type { Project } from '../project.ts';
import { jupyterEnvironment } from '../start/jupyter-environment.ts';

/** Every process of a test run carries this variable, so that survivors are found by it. */
export const RUN_MARK = 'HEADRACE_TEST_RUN';

/**
 * A place of its own for all that tests write: home, temporary and run folders. Whatever appears in
 * `home` is a file that a user would have found outside the project, the cache and the temporary folder.
 */
export interface Sandbox {
  readonly root: string;
  readonly mark: string;
  readonly home: string;
  /** Logs of the groups; inside the project, so that they outlive the run. */
  readonly logs: string;
  /** A fresh folder inside the sandbox. */
  folder(name: string): Promise<string>;
  /**
   * Variables for the programs of one group. Groups with different `stack` names use stacks of their
   * own; the cache (`HEADRACE_HOME`) is that of the user, because filling it anew costs minutes.
   */
  environment(stack: string): Promise<NodeJS.ProcessEnv>;
  remove(): Promise<void>;
}

/** Variables of the user that would let tests see or write other folders, or change what they test. */
const USER_SETTINGS = [
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'HEADRACE_AUTO_PROVISION',
  'HEADRACE_IDLE_SECONDS',
  'HEADRACE_KAFKA_PORT',
  'HEADRACE_ORPHAN_SECONDS'
] as const;

export interface SandboxOptions {
  readonly project: Project;
  readonly paths: HeadracePaths;
  readonly environment: PythonEnvironment;
  readonly env: NodeJS.ProcessEnv;
}

export async function makeSandbox(options: SandboxOptions): Promise<Sandbox> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'headrace-test-'));
  const folder = async (name: string) => {
    const made = path.join(root, name);
    await mkdir(made, { recursive: true, mode: 0o700 });
    return made;
  };
  const [home, tmp] = await Promise.all([folder('home'), folder('tmp')]);
  const logs = path.join(options.project.root, 'build/test-logs');
  await rm(logs, { recursive: true, force: true });
  await mkdir(logs, { recursive: true });
  const mark = randomUUID();
  const hidden = Object.fromEntries(USER_SETTINGS.map(name => [name, undefined]));
  return {
    root,
    mark,
    home,
    logs,
    folder,
    async environment(stack) {
      const { project, environment } = options;
      return jupyterEnvironment(
        project,
        environment,
        {
          ...options.env,
          ...hidden,
          [RUN_MARK]: mark,
          HOME: home,
          TMPDIR: tmp,
          HEADRACE_HOME: options.paths.home,
          HEADRACE_RUN: await folder(`run-${stack}`),
          PYTHONDONTWRITEBYTECODE: '1'
        },
        await folder('state')
      );
    },
    remove: () => rm(root, { recursive: true, force: true })
  };
}

/** Files below a folder, relative to it. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
