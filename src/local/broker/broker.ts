import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { createKafka } from '../../runtime/kafka/client.ts';
import { runProgram } from '../child.ts';
import type { Environment } from '../environment.ts';
import { startGuarded, type GuardedProgram } from '../guarded-program.ts';
import type { HeadracePaths } from '../paths.ts';
import { PORT_SETTING } from '../settings.ts';
import { sendCanary } from './canary.ts';
import { brokerFailure, brokerFault, lastLines } from './failure.ts';
import { logSettings } from './log-settings.ts';
import { freePorts, requireFree } from './ports.ts';
import { serverProperties } from './server-properties.ts';

export interface BrokerOptions {
  readonly environment: Pick<Environment, 'java' | 'kafkaJars'>;
  readonly paths: HeadracePaths;
  /** Port that the user asked for; any free one where absent. */
  readonly port?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Broker {
  /** `host:port` of the clients. */
  readonly address: string;
  readonly pid: number;
  /** Resolves with the reason when the broker has ended, asked for or not. */
  readonly ended: Promise<HeadraceError>;
  /** Ends the broker, by force after ten seconds. The topics stay on disk. */
  stop(): Promise<void>;
}

/** Free room below which Kafka would soon stop in the middle of a lesson, bytes. */
const MIN_FREE_BYTES = 1024 ** 3;
/** A free port may be taken between the look and the start. */
const PORT_TRIES = 4;
/** A cold start takes 3 to 6 s on two idle cores. */
const START_LIMIT_MS = 120_000;
const MEMORY = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Starts one Kafka node on loopback and resolves when a record has gone through it. Topics of an
 * earlier start are there again. Rejects with HR_PORT, HR_DISK, HR_JAVA, HR_PROCESS, HR_TIMEOUT or
 * HR_INTERRUPTED; no process is left then.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { paths, port } = options;
  await mkdir(paths.brokerData, { recursive: true, mode: 0o700 });
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  await requireRoom(paths.brokerData);
  if (port !== undefined) await requireFree(port, PORT_SETTING);
  for (let attempt = 1; ; attempt++) {
    const [free = 0, controllerPort = 0] = await freePorts(2);
    try {
      return await startOn(port ?? free, controllerPort, options);
    } catch (error) {
      const taken = error instanceof HeadraceError && error.code === 'HR_PORT';
      if (!taken || attempt === PORT_TRIES) throw error;
    }
  }
}

async function startOn(
  port: number,
  controllerPort: number,
  options: BrokerOptions
): Promise<Broker> {
  const files = await writeSettings(port, controllerPort, options.paths);
  await formatOnce(files, options);
  const program = await startGuarded(
    options.environment.java,
    javaArguments(options.environment.kafkaJars, files.logSettings, 'kafka.Kafka', files.server),
    files.output
  );
  try {
    await ready(`127.0.0.1:${port}`, program, files, options);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return brokerOf(`127.0.0.1:${port}`, program, files);
}

interface BrokerFiles {
  readonly server: string;
  readonly logSettings: string;
  /** What Kafka logs. */
  readonly log: string;
  /** What the Java machine itself says. */
  readonly output: string;
  readonly data: string;
}

async function writeSettings(
  port: number,
  controllerPort: number,
  paths: HeadracePaths
): Promise<BrokerFiles> {
  const files = {
    server: path.join(paths.run, 'server.properties'),
    logSettings: path.join(paths.run, 'broker-log4j2.properties'),
    log: path.join(paths.logs, 'broker.log'),
    output: path.join(paths.logs, 'broker.out'),
    data: paths.brokerData
  };
  const settings = serverProperties({ data: paths.brokerData, port, controllerPort });
  await writeFile(files.server, settings, { mode: 0o600 });
  await writeFile(files.logSettings, logSettings(files.log), { mode: 0o600 });
  return files;
}

/** Gives an empty data folder its identity; https://kafka.apache.org/41/operations/kraft/ */
async function formatOnce(files: BrokerFiles, options: BrokerOptions): Promise<void> {
  if (existsSync(path.join(files.data, 'meta.properties'))) return;
  const cluster = randomBytes(16).toString('base64url');
  const { java, kafkaJars } = options.environment;
  const tool = javaArguments(kafkaJars, files.logSettings, 'kafka.tools.StorageTool', 'format');
  // One word, because an id may begin with a dash, which the tool takes for another option.
  const end = await runProgram(java, [...tool, `--cluster-id=${cluster}`, '-c', files.server], {
    signal: options.signal
  });
  if (end.code !== 0) {
    throw brokerFailure('Kafka could not prepare its data folder', end.lines, files.log);
  }
}

function javaArguments(jars: string, logs: string, main: string, argument: string): string[] {
  return [
    ...MEMORY,
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logs}`,
    ...['-cp', path.join(jars, '*'), main, argument]
  ];
}

async function ready(
  address: string,
  program: GuardedProgram,
  files: BrokerFiles,
  { clock, signal }: BrokerOptions
): Promise<void> {
  const died = new AbortController();
  void program.ended.then(() => died.abort());
  const late = AbortSignal.timeout(START_LIMIT_MS);
  const kafka = createKafka({ brokers: [address], clientId: 'headrace-canary', clock });
  try {
    await sendCanary(kafka, { clock, signal: AbortSignal.any([signal, died.signal, late]) });
  } catch (error) {
    signal.throwIfAborted();
    if (died.signal.aborted) throw await failure('Kafka ended while it started', files);
    if (late.aborted) throw await tooLate(files);
    throw error;
  } finally {
    await kafka.close().catch(() => undefined);
  }
}

function brokerOf(address: string, program: GuardedProgram, files: BrokerFiles): Broker {
  return {
    address,
    pid: program.pid,
    ended: program.ended.then(() => failure('Kafka ended', files)),
    stop: () => program.stop()
  };
}

async function failure(what: string, files: BrokerFiles): Promise<HeadraceError> {
  const [said, logged] = await Promise.all([lastLines(files.output), lastLines(files.log)]);
  const lines = brokerFault(said) === 'other' ? [...said, ...logged] : said;
  return brokerFailure(what, lines, files.log);
}

async function tooLate(files: BrokerFiles): Promise<HeadraceError> {
  return new HeadraceError('HR_TIMEOUT', `Kafka was not ready after ${START_LIMIT_MS / 1000} s`, {
    why: 'the machine is very busy, or the broker hangs',
    next: `Run %provision local again. The log is ${files.log}.`,
    traceback: await lastLines(files.log)
  });
}

async function requireRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= MIN_FREE_BYTES) return;
  throw new HeadraceError('HR_DISK', `Only ${Math.floor(free / 1024 ** 2)} MiB are free`, {
    why: `Kafka keeps its topics in ${folder} and needs 1024 MiB`,
    next: 'Make room there, or set HEADRACE_HOME to a folder on a larger disk.'
  });
}
