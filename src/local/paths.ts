import { chmod, lstat, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeadraceError } from '../shared/errors.ts';

/** Every folder and file outside the project that Headrace uses on this machine; absolute paths. */
export interface HeadracePaths {
  /** Cache that may be deleted at any time while nothing runs: `HEADRACE_HOME`. */
  readonly home: string;
  /** Targets that the user named, private: `HEADRACE_CONFIG`, else in `XDG_CONFIG_HOME`. Nothing else may delete them. */
  readonly profiles: string;
  /** What set-up found and installed. */
  readonly environmentFile: string;
  /** Jars by artifact set, and the jars that users add. */
  readonly jars: string;
  /** Cache of the dependency resolver. */
  readonly ivy: string;
  /** The private Python environment. */
  readonly venv: string;
  /** Class-data archives of the JVMs. */
  readonly cds: string;
  /** Files of the running stack, one user and machine: `HEADRACE_RUN`. */
  readonly run: string;
  /** Address and token of the running stack, mode 0600. */
  readonly stackFile: string;
  /** Held by the daemon from its first moment to its last. */
  readonly lockFile: string;
  /** Last step of a stack that starts. */
  readonly progressFile: string;
  /** Processes and ports of the running broker. */
  readonly brokerFile: string;
  /** Named pipe by which the broker is held. */
  readonly brokerPipe: string;
  readonly logs: string;
  /** Topics, checkpoints, tables. Outlives an idle end of the stack, but not `%provision down`. */
  readonly data: string;
  /** Data of the broker. */
  readonly brokerData: string;
  /** One folder a Spark session. */
  readonly sessions: string;
}

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/**
 * The paths that the environment asks for. This is the only reader of `HEADRACE_HOME`,
 * `HEADRACE_CONFIG` and `HEADRACE_RUN`. Bulk data never goes to `XDG_RUNTIME_DIR`, which is memory and small.
 */
export function headracePaths(env: EnvironmentVariables = process.env): HeadracePaths {
  const home = homeFolder(env);
  const asked = folder(env.HEADRACE_RUN);
  const run = asked ?? runFolder(env, home);
  const data = path.join(asked ?? home, 'data');
  return {
    home,
    profiles: path.join(configFolder(env), 'profiles'),
    environmentFile: path.join(home, 'environment.json'),
    jars: path.join(home, 'jars'),
    ivy: path.join(home, 'ivy'),
    venv: path.join(home, 'venv'),
    cds: path.join(home, 'cds'),
    run,
    stackFile: path.join(run, 'stack.json'),
    lockFile: path.join(run, 'stack.lock'),
    progressFile: path.join(run, 'progress.json'),
    brokerFile: path.join(run, 'broker.json'),
    brokerPipe: path.join(run, 'broker.pipe'),
    logs: path.join(run, 'logs'),
    data,
    brokerData: path.join(data, 'broker'),
    sessions: path.join(data, 'sessions')
  };
}

/**
 * Root of the project: the folder of `package.json` and `spark-jobs/`. It is two levels above this
 * file both as source (`src/local`) and inside a bundle (`build/node`, `build/chunks`).
 */
export function projectRoot(): string {
  return path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
}

/**
 * Creates a folder that only this user may enter (0700), or tightens one that exists. Rejects with
 * HR_FILE when the name belongs to someone else or is a link, so that secrets never land there.
 */
export async function ensurePrivateFolder(name: string): Promise<void> {
  await mkdir(name, { recursive: true, mode: 0o700 });
  const info = await lstat(name);
  const foreign = process.getuid !== undefined && info.uid !== process.getuid();
  if (!info.isDirectory() || foreign) {
    throw new HeadraceError('HR_FILE', `Cannot use ${name} as a private folder`, {
      why: foreign ? 'it belongs to another user' : 'it is not a plain folder',
      next: 'Remove it, or set HEADRACE_RUN to a folder of your own.'
    });
  }
  await chmod(name, 0o700);
}

function homeFolder(env: EnvironmentVariables): string {
  const cache = folder(env.XDG_CACHE_HOME) ?? path.join(folder(env.HOME) ?? os.homedir(), '.cache');
  return folder(env.HEADRACE_HOME) ?? path.join(cache, 'headrace');
}

function configFolder(env: EnvironmentVariables): string {
  const user =
    folder(env.XDG_CONFIG_HOME) ?? path.join(folder(env.HOME) ?? os.homedir(), '.config');
  return folder(env.HEADRACE_CONFIG) ?? path.join(user, 'headrace');
}

function runFolder(env: EnvironmentVariables, home: string): string {
  const runtime = folder(env.XDG_RUNTIME_DIR);
  return runtime !== undefined && existsSync(runtime)
    ? path.join(runtime, 'headrace')
    : path.join(home, 'run');
}

function folder(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : path.resolve(value);
}
