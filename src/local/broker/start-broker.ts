import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../child.ts';
import { startGuarded, type GuardedProgram } from '../guard/guarded-program.ts';
import { PORT_SETTING } from '../settings.ts';
import { brokerAddress, brokerOf, type Broker, type BrokerOptions } from './broker.ts';
import { brokerFiles, writeBrokerSettings, type BrokerFiles } from './broker-files.ts';
import { readBroker, removeBroker, writeBroker, type BrokerPorts } from './broker-record.ts';
import { brokerFailure } from './failure.ts';
import { freePorts, isFree, requireFree } from './ports.ts';
import { untilReady } from './readiness.ts';

/** Free room below which Kafka would soon stop in the middle of a lesson, bytes. */
const MIN_FREE_BYTES = 1024 ** 3;
/** A free port may be taken between the look and the start. */
const PORT_TRIES = 4;
/** A cold start takes 3 to 6 s on two idle cores, 9 s more after a broker that was killed. */
const START_LIMIT_MS = 120_000;
const MEMORY = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Starts one Kafka node on loopback and resolves when a record has gone through it. Topics of an
 * earlier start are there again, and so are the ports of one that was killed, where they are free.
 * Rejects with HR_PORT, HR_DISK, HR_JAVA, HR_PROCESS, HR_TIMEOUT or HR_INTERRUPTED; no process is
 * left then.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { paths, port } = options;
  await mkdir(paths.brokerData, { recursive: true, mode: 0o700 });
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  await requireRoom(paths.brokerData);
  if (port !== undefined) await requireFree(port, PORT_SETTING);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await choosePorts(options, attempt === 1), options);
    } catch (error) {
      const taken = error instanceof HeadraceError && error.code === 'HR_PORT';
      if (!taken || attempt === PORT_TRIES) throw error;
    }
  }
}

async function choosePorts(
  { paths, port: asked }: BrokerOptions,
  first: boolean
): Promise<BrokerPorts> {
  const last = first ? await readBroker(paths) : null;
  if (last !== null && (asked ?? last.port) === last.port && (await areFree(last))) return last;
  const [port = 0, controllerPort = 0] = await freePorts(2);
  return { port: asked ?? port, controllerPort };
}

async function areFree({ port, controllerPort }: BrokerPorts): Promise<boolean> {
  return (await isFree(port)) && (await isFree(controllerPort));
}

async function startOn(ports: BrokerPorts, options: BrokerOptions): Promise<Broker> {
  const { environment, paths, orphanSeconds, clock, signal } = options;
  const { port, controllerPort } = ports;
  const files = brokerFiles(paths);
  await writeBrokerSettings(files, { port, controllerPort });
  await formatOnce(files, options);
  const program = await startGuarded(
    environment.java,
    javaArguments(environment.kafkaJars, files.logSettings, 'kafka.Kafka', files.server),
    { output: files.output, pipe: paths.brokerPipe, orphanSeconds }
  );
  try {
    await writeBroker(paths, { version: 1, guard: program.guard, port, controllerPort });
    const limitMs = START_LIMIT_MS;
    await untilReady(brokerAddress(port), { program, files, limitMs, clock, signal });
  } catch (error) {
    await endHalfStarted(program, options);
    throw error;
  }
  return brokerOf(program, port, paths);
}

async function endHalfStarted(program: GuardedProgram, { paths }: BrokerOptions): Promise<void> {
  await program.stop();
  await removeBroker(paths);
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

async function requireRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= MIN_FREE_BYTES) return;
  throw new HeadraceError('HR_DISK', `Only ${Math.floor(free / 1024 ** 2)} MiB are free`, {
    why: `Kafka keeps its topics in ${folder} and needs 1024 MiB`,
    next: 'Make room there, or set HEADRACE_HOME to a folder on a larger disk.'
  });
}
