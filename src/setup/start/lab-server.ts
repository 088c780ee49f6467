import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';

export interface LabOptions {
  readonly python: string;
  /** From jupyterEnvironment: names the runtime folder among others. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder that the file browser shows. */
  readonly root: string;
  /** Notebook to open, relative to `root`. */
  readonly notebook: string | null;
  readonly openBrowser: boolean;
  readonly logFile: string;
  readonly clock: Clock;
}

/** A running JupyterLab of this process. */
export interface LabServer {
  /** Ends with `/`. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it with all of its kernels; safe to repeat. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 90_000;
const POLL_MS = 150;
/** Jupyter gives each kernel five seconds to end. */
const STOP_LIMIT_MS = 20_000;

/** What Jupyter Server writes about itself into its runtime folder. */
const serverInfoSchema = z.object({ url: z.string(), port: z.number(), base_url: z.string() });

/** Starts JupyterLab on a free loopback port with a token of its own, and waits until it answers. */
export async function startLab(options: LabOptions, signal: AbortSignal): Promise<LabServer> {
  const token = randomBytes(24).toString('hex');
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const child = spawnLab(options, token);
  const ended = once(child, 'exit').then(() => undefined);
  const stop = () => stopLab(child, ended, options.clock);
  try {
    const url = await waitForLab(child, options, token, signal);
    return { url, token, pid: child.pid ?? 0, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnLab(options: LabOptions, token: string): ChildProcess {
  const log = openSync(options.logFile, 'w', 0o600);
  try {
    return spawn(options.python, ['-m', 'jupyterlab', ...labArguments(options)], {
      cwd: options.root,
      env: { ...options.env, JUPYTER_TOKEN: token },
      stdio: ['ignore', log, log],
      // A group of its own: Ctrl-C reaches this process alone, which then ends Lab in order.
      detached: true
    });
  } finally {
    closeSync(log);
  }
}

function labArguments(options: LabOptions): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.root_dir=${options.root}`,
    '--LabApp.extension_manager=readonly',
    ...(options.notebook === null ? [] : [`--LabApp.default_url=/lab/tree/${options.notebook}`]),
    ...(options.openBrowser ? [] : ['--no-browser']),
    ...(isRoot ? ['--allow-root'] : [])
  ];
}

async function waitForLab(
  child: ChildProcess,
  options: LabOptions,
  token: string,
  signal: AbortSignal
): Promise<string> {
  const infoFile = path.join(
    options.env.JUPYTER_RUNTIME_DIR ?? '',
    `jpserver-${child.pid ?? 0}.json`
  );
  const deadline = options.clock.now() + START_LIMIT_MS;
  while (options.clock.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
      throw await labFailure(options, 'it ended while it started');
    const url = await answeringUrl(infoFile, token);
    if (url !== null) return url;
    await options.clock.sleep(POLL_MS, signal);
  }
  throw await labFailure(options, `it did not answer within ${START_LIMIT_MS / 1_000} s`);
}

async function answeringUrl(infoFile: string, token: string): Promise<string | null> {
  try {
    const info = serverInfoSchema.parse(JSON.parse(await readFile(infoFile, 'utf8')));
    const url = `http://127.0.0.1:${info.port}${info.base_url}`;
    const answer = await fetch(`${url}api/status`, {
      headers: { Authorization: `token ${token}` }
    });
    return answer.ok ? url : null;
  } catch {
    return null;
  }
}

async function labFailure(options: LabOptions, why: string): Promise<HeadraceError> {
  const log = await readFile(options.logFile, 'utf8').catch(() => '');
  const last = log.trim().split('\n').slice(-3).join(' | ');
  return new HeadraceError('HR_PROCESS', 'JupyterLab could not be started', {
    why: last === '' ? why : `${why}; it said: ${last}`,
    next: `The whole log is ${options.logFile}.`
  });
}

async function stopLab(child: ChildProcess, ended: Promise<void>, clock: Clock): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const limit = new AbortController();
  const late = clock.sleep(STOP_LIMIT_MS, limit.signal).then(
    () => child.kill('SIGKILL'),
    () => false
  );
  await ended;
  limit.abort();
  await late;
}
