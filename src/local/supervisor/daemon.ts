import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Clock } from '../../runtime/clock.ts';
import { toHeadraceError } from '../../shared/errors.ts';
import { removeBroker } from '../broker/broker-record.ts';
import { readEnvironment, type Environment } from '../environment.ts';
import { ensurePrivateFolder, type HeadracePaths } from '../paths.ts';
import type { StackSettings } from '../settings.ts';
import { adoptOrStart, BrokerKeeper } from './broker-keeper.ts';
import { endLeftovers } from './leftovers.ts';
import { LeaseBook } from './leases.ts';
import { takeOver } from './predecessor.ts';
import { ownIdentity } from '../processes.ts';
import { writeFault, writeStack, writeStep, type StackRecord } from './records.ts';
import { acquireLock } from './stack-lock.ts';
import { startServer, type StackServer } from './stack-server.ts';
import { stackStatus } from './stack-status.ts';
import { removeFile } from '../whole-file.ts';

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
 * The whole life of a daemon: from the lock to the end of the stack's last process. It continues the
 * stack of a daemon that was killed. Resolves to null at once when another daemon has the lock. Rejects when the stack could not be started; the reason is then
 * also in the progress file, for those who wait.
 */
export async function runStack(options: DaemonOptions): Promise<StackEnd | null> {
  const { paths, log } = options;
  await ensurePrivateFolder(paths.run);
  const lock = await acquireLock(paths.lockFile);
  if (lock === null) return null;
  try {
    await writeStep(paths, { label: 'local stack: clean up', fraction: null });
    const killed = await takeOver(paths, options.clock, log);
    const end = await serve(killed, options);
    log(`end: ${end}`);
    if (end === 'asked') await rm(paths.data, { recursive: true, force: true });
    return end;
  } catch (error) {
    await writeFault(paths, toHeadraceError(error));
    throw error;
  } finally {
    await clearAway(options).catch((error: unknown) => log(String(error)));
    await lock.release();
  }
}

/** A record that stays behind would promise that the stack can be replaced. */
async function clearAway({ paths, clock }: DaemonOptions): Promise<void> {
  await removeFile(paths.stackFile);
  await endLeftovers(paths, clock);
  await removeBroker(paths);
}

async function serve(killed: StackRecord | null, options: DaemonOptions): Promise<StackEnd> {
  const { paths, clock, signal, settings, log } = options;
  const environment = await readEnvironment(paths.environmentFile);
  await writeStep(paths, { label: 'local stack: start Kafka', fraction: 0.1 });
  const { kafkaPort, orphanSeconds } = settings;
  const port = kafkaPort === undefined ? {} : { port: kafkaPort };
  const broker = await BrokerKeeper.open({
    ...{ environment, paths, clock, signal, orphanSeconds, log, open: adoptOrStart },
    ...port
  });
  try {
    return await serveWith(broker, environment, killed, options);
  } finally {
    await broker.stop();
  }
}

async function serveWith(
  broker: BrokerKeeper,
  environment: Environment,
  killed: StackRecord | null,
  options: DaemonOptions
): Promise<StackEnd> {
  const { paths, clock } = options;
  const startedAt = killed?.startedAt ?? clock.now();
  const leases = new LeaseBook(clock);
  const asked = new AbortController();
  await writeStep(paths, { label: 'local stack: start the Livy gateway', fraction: 0.9 });
  const server = await startServer({
    environment,
    paths,
    clock,
    before: killed,
    control: {
      leases,
      shutdown: () => asked.abort(),
      status: gateway => stackStatus({ startedAt, leases, broker, gateway })
    }
  });
  try {
    const id = killed?.id ?? randomUUID();
    await announce(server, { id, brokers: [broker.address], startedAt }, options);
    return await untilEnd({ broker, leases, asked: asked.signal }, options);
  } finally {
    await removeFile(paths.stackFile);
    await server.close();
  }
}

async function announce(
  { url, token }: StackServer,
  stack: Pick<StackRecord, 'id' | 'brokers' | 'startedAt'>,
  { paths, log }: DaemonOptions
): Promise<void> {
  await writeStack(paths, { version: 1, ...stack, daemon: await ownIdentity(), url, token });
  await writeStep(paths, { label: 'local stack: ready', fraction: 1 });
  log(`ready: Kafka ${stack.brokers.join()}, Livy ${url}`);
}

interface Running {
  readonly broker: BrokerKeeper;
  readonly leases: LeaseBook;
  readonly asked: AbortSignal;
}

async function untilEnd(running: Running, options: DaemonOptions): Promise<StackEnd> {
  const { clock, signal, settings, log } = options;
  const broken = new AbortController();
  void running.broker.gone.then(error => broken.abort(error));
  const woken = AbortSignal.any([signal, running.asked, broken.signal]);
  while (!woken.aborted && running.leases.idleMs() < settings.idleMs) {
    await clock.sleep(LOOK_MS, woken).catch(() => undefined);
  }
  if (running.asked.aborted) return 'asked';
  if (signal.aborted) return 'signal';
  if (!broken.signal.aborted) return 'idle';
  const reason = toHeadraceError(broken.signal.reason);
  log(reason.line);
  await writeFault(options.paths, reason);
  return 'broker';
}
