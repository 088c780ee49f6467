import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { driverMessageSchema, type DriverMessage, type GatewayMessage } from './driver-messages.ts';
import type { Driver, DriverEvents, DriverLauncher, DriverRequest } from './driver-port.ts';
import { onLines } from './linked/lines.ts';
import { groupEnded, signalGroup } from './linked/process-group.ts';

/** Time that a driver has to end with its JVM after its channel was closed, milliseconds. */
const GRACE_MS = 8_000;
/** Time that a JVM has to end once its driver has, milliseconds. */
const JVM_GRACE_MS = 2_000;
/** Time after which a killed process group is given up as unkillable, milliseconds. */
const KILL_MS = 5_000;

/** What driver processes of this machine have in common. All paths are absolute. */
export interface DriverSettings {
  /** Python with pyspark, which is also the Python of the workers. */
  readonly python: string;
  /** The `java` program, 17 or later. */
  readonly java: string;
  /** The project's `spark-jobs` folder; it is on the import path of every session. */
  readonly jobsDir: string;
  /** Jars that every session gets: the Kafka connector and what goes with it. */
  readonly jars: readonly string[];
  /** One folder a session is made here (mode 0700) and removed with the session. */
  readonly sessionsDir: string;
  /** Where class-data archives are kept, which make the start of the JVM faster. */
  readonly archiveDir: string;
}

/**
 * Launches one Python driver with its JVM a session. The driver's first file descriptor after the standard
 * ones is the channel; it ends with the channel, so that no driver outlives the gateway.
 */
export function driverLauncher(settings: DriverSettings): DriverLauncher {
  return (request, events) => new DriverProcess(settings, request, events);
}

class DriverProcess implements Driver {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #sessionDir: string;
  readonly #gone: Promise<void>;
  #reason: string | null = null;
  #stopping = false;

  constructor(settings: DriverSettings, request: DriverRequest, events: DriverEvents) {
    this.#sessionDir = makeSessionDir(settings.sessionsDir, request.sessionId);
    this.#child = spawn(settings.python, ['-m', 'driver'], {
      cwd: this.#sessionDir,
      env: driverEnvironment(settings),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true
    });
    this.#channel = this.#child.stdio[3] as Duplex;
    this.#channel.on('error', () => this.#channel.destroy());
    this.#listen(events);
    this.#gone = new Promise(resolve => {
      const end = (exit: string) => {
        this.#ended(exit, events);
        resolve();
      };
      this.#child.once('error', error => end(`Python did not start: ${error.message}`));
      // The JVM ends with the driver's pipe to it; whatever is left of the group then is killed. `close`
      // comes when the last of them has let go of the log.
      const groupGone = new Promise<void>(gone => {
        this.#child.once('exit', () => void this.#endGroup().then(gone));
      });
      this.#child.once('close', (status, signal) => {
        void groupGone.then(() => end(exitReason(status, signal)));
      });
    });
    this.#send(startMessage(settings, request, this.#sessionDir));
  }

  execute({ id, kind, code }: { id: number; kind: string; code: string }): void {
    this.#send({ type: 'execute', id, kind, code });
  }

  cancel(id: number): void {
    this.#send({ type: 'cancel', id });
  }

  complete(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  addDependency(): Promise<void> {
    return Promise.reject(new Error('This session takes no further dependencies.'));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#channel.end();
    const group = this.#child.pid;
    if (group !== undefined && !(await groupEnded(group, GRACE_MS))) await this.#endGroup();
    await this.#gone;
  }

  #send(message: GatewayMessage): void {
    if (this.#channel.writable) this.#channel.write(`${JSON.stringify(message)}\n`);
  }

  #listen(events: DriverEvents): void {
    for (const stream of ['stdout', 'stderr'] as const)
      onLines(this.#child[stream] as Readable, line => events.log(stream, line));
    onLines(this.#channel, line => this.#receive(line, events));
  }

  #receive(line: string, events: DriverEvents): void {
    const message = readMessage(line);
    if (message === null) events.log('stderr', 'The driver has sent what cannot be read.');
    else if (message.type === 'ready') events.ready(message.app_id);
    else if (message.type === 'progress') events.progress(message.id, message.fraction);
    else if (message.type === 'done') events.done(message.id, message.output);
    else this.#reason = message.reason;
  }

  async #endGroup(): Promise<void> {
    const group = this.#child.pid;
    if (group === undefined || (await groupEnded(group, JVM_GRACE_MS))) return;
    signalGroup(group, 'SIGKILL');
    await groupEnded(group, KILL_MS);
  }

  #ended(exit: string, events: DriverEvents): void {
    rmSync(this.#sessionDir, { recursive: true, force: true, maxRetries: 3 });
    events.ended(this.#stopping ? null : `The driver has ended: ${this.#reason ?? exit}.`);
  }
}

function readMessage(line: string): DriverMessage | null {
  try {
    return driverMessageSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function makeSessionDir(parent: string, sessionId: number): string {
  const folder = path.join(parent, `session-${process.pid}-${sessionId}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Without the settings of other Sparks and Pythons on the machine, which would shadow ours. */
function driverEnvironment({ jobsDir }: DriverSettings): NodeJS.ProcessEnv {
  const foreign = /^(?:SPARK|PYSPARK|HADOOP|PYTHON)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(own),
    PYTHONPATH: jobsDir,
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1'
  };
}

function startMessage(
  settings: DriverSettings,
  request: DriverRequest,
  sessionDir: string
): GatewayMessage {
  return {
    type: 'start',
    name: request.name ?? `headrace-session-${request.sessionId}`,
    session_dir: sessionDir,
    archive_dir: settings.archiveDir,
    java: settings.java,
    base_jars: settings.jars,
    jars: request.jars,
    py_files: request.pyFiles,
    memory: request.driverMemory,
    conf: request.conf
  };
}

function exitReason(status: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit status ${status ?? 'unknown'}` : `killed by ${signal}`;
}
