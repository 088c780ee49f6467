import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { Clock } from '../../runtime/clock.ts';
import { toHeadraceError } from '../../shared/errors.ts';
import { startBroker, type Broker } from '../broker/broker.ts';
import { readEnvironment, type Environment } from '../environment.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { ensurePrivateFolder, type HeadracePaths } from '../paths.ts';
import type { StackSettings } from '../settings.ts';
import type { StackStatusAnswer } from './control-routes.ts';
import { endLeftovers } from './leftovers.ts';
import { LeaseBook } from './leases.ts';
import { ownIdentity } from './processes.ts';
import { writeFault, writeStack, writeStep } from './records.ts';
import { acquireLock } from './stack-lock.ts';
import { startServer, type StackServer } from './stack-server.ts';
import { removeFile } from './whole-file.ts';

export interface DaemonOptions {
  readonly paths: HeadracePaths;
  readonly clock: Clock;
  readonly settings: StackSettings;
  /** Ends the stack; topics and tables stay. */
  readonly signal: AbortSignal;
  /** One line for the daemon's own log. */
  readonly log: (line: string) => void;
}

/** Why a stack ended. Only `asked` takes the topics and tables with it. */
export type StackEnd = 'asked' | 'idle' | 'signal' | 'broker';

/** Between two looks at the leases, milliseconds. */
const LOOK_MS = 500;

/**
 * The whole life of a stack: from the lock to the end of its last process. Resolves to null at once
 * when another daemon has the lock. Rejects when the stack could not be started; the reason is then
 * also in the progress file, for those who wait.
 */
export async function runStack(options: DaemonOptions): Promise<StackEnd | null> {
  const { paths, log } = options;
  await ensurePrivateFolder(paths.run);
  const lock = await acquireLock(paths.lockFile);
  if (lock === null) return null;
  try {
    await prepare(options);
    const end = await serve(options);
    log(`end: ${end}`);
    if (end === 'asked') await rm(paths.data, { recursive: true, force: true });
    return end;
  } catch (error) {
    await writeFault(paths, toHeadraceError(error));
    throw error;
  } finally {
    await endLeftovers(paths, options.clock).catch((error: unknown) => log(String(error)));
    await lock.release();
  }
}

async function prepare({ paths, clock, log }: DaemonOptions): Promise<void> {
  await removeFile(paths.stackFile);
  await writeStep(paths, { label: 'local stack: clean up', fraction: null });
  await ensurePrivateFolder(paths.data);
  const ended = await endLeftovers(paths, clock);
  if (ended > 0) log(`ended ${ended} processes of an earlier stack`);
  await rm(paths.sessions, { recursive: true, force: true });
  for (const folder of [paths.logs, paths.sessions]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
}

async function serve(options: DaemonOptions): Promise<StackEnd> {
  const { paths, clock, signal, settings } = options;
  const environment = await readEnvironment(paths.environmentFile);
  await writeStep(paths, { label: 'local stack: start Kafka', fraction: 0.1 });
  const broker = await startBroker({
    environment,
    paths,
    clock,
    signal,
    ...(settings.kafkaPort === undefined ? {} : { port: settings.kafkaPort })
  });
  try {
    return await serveWith(broker, environment, options);
  } finally {
    await broker.stop();
  }
}

async function serveWith(
  broker: Broker,
  environment: Environment,
  options: DaemonOptions
): Promise<StackEnd> {
  const { paths, clock } = options;
  const startedAt = clock.now();
  const leases = new LeaseBook(clock);
  const asked = new AbortController();
  await writeStep(paths, { label: 'local stack: start the Livy gateway', fraction: 0.9 });
  const server = await startServer({
    environment,
    paths,
    clock,
    control: {
      leases,
      shutdown: () => asked.abort(),
      status: gateway => statusOf({ startedAt, leases, broker, gateway })
    }
  });
  try {
    await announce(server, broker, startedAt, options);
    return await untilEnd({ broker, leases, asked: asked.signal }, options);
  } finally {
    await removeFile(paths.stackFile);
    await server.close();
  }
}

async function announce(
  server: StackServer,
  broker: Broker,
  startedAt: number,
  { paths, log }: DaemonOptions
): Promise<void> {
  const { url, token } = server;
  const daemon = await ownIdentity();
  await writeStack(paths, {
    version: 1,
    id: randomUUID(),
    daemon,
    url,
    token,
    brokers: [broker.address],
    startedAt
  });
  await writeStep(paths, { label: 'local stack: ready', fraction: 1 });
  log(`ready: Kafka ${broker.address}, Livy ${url}`);
}

interface Running {
  readonly broker: Broker;
  readonly leases: LeaseBook;
  readonly asked: AbortSignal;
}

async function untilEnd(running: Running, options: DaemonOptions): Promise<StackEnd> {
  const { clock, signal, settings, log } = options;
  const broken = new AbortController();
  void running.broker.ended.then(error => broken.abort(error));
  const woken = AbortSignal.any([signal, running.asked, broken.signal]);
  while (!woken.aborted && running.leases.idleMs() < settings.idleMs) {
    await clock.sleep(LOOK_MS, woken).catch(() => undefined);
  }
  if (running.asked.aborted) return 'asked';
  if (signal.aborted) return 'signal';
  if (!broken.signal.aborted) return 'idle';
  log(toHeadraceError(broken.signal.reason).line);
  return 'broker';
}

function statusOf(stack: {
  readonly startedAt: number;
  readonly leases: LeaseBook;
  readonly broker: Broker;
  readonly gateway: Gateway;
}): StackStatusAnswer {
  const sessions = stack.gateway.sessions().map(({ id, name, state }) => ({
    name: `Spark session ${id}`,
    state,
    detail: name ?? ''
  }));
  return {
    pid: process.pid,
    startedAt: stack.startedAt,
    leases: stack.leases.count(),
    parts: [
      { name: 'Kafka', state: 'running', detail: stack.broker.address },
      {
        name: 'Livy gateway',
        state: 'running',
        detail: `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}`
      },
      ...sessions
    ]
  };
}
