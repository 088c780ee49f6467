import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  driverEventSchema,
  driverStateSchema,
  type DriverEvent,
  type DriverStart,
  type GatewayMessage
} from './driver-messages.ts';
import type {
  CompletionQuestion,
  Dependency,
  Driver,
  DriverEvents,
  DriverLauncher,
  DriverRequest,
  DriverState,
  DriverStatement
} from './driver-port.ts';
import { DriverQuestions } from './driver-questions.ts';
import { LinkedProcess, type LinkedEnd, type LinkedOptions } from '../linked/linked-process.ts';

/** Time from the start of a driver until its Spark is ready, milliseconds; Livy's `livy.rsc.server.connect.timeout` is 90 s. */
const START_LIMIT_MS = 120_000;

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
  /** Where class-data archives are kept, which make the start of the JVM faster. */
  readonly archiveDir: string;
  /** Time until Spark is ready, milliseconds; 120 s where it is absent. */
  readonly startLimitMs?: number;
}

type Link = LinkedProcess<DriverState, DriverEvent>;
type LinkOptions = LinkedOptions<DriverState, DriverEvent>;

/**
 * Drivers as processes: one Python with its JVM a session. They outlive the gateway for a while
 * (`HEADRACE_ORPHAN_SECONDS`), in which the next one can adopt them.
 */
export function driverLauncher(settings: DriverSettings): DriverLauncher {
  const { python, jobsDir, startLimitMs = START_LIMIT_MS } = settings;
  return {
    start(request, events) {
      const program = { python, jobsDir, module: 'driver' };
      const start = startMessage(settings, request);
      const link = (options: LinkOptions) => LinkedProcess.start(program, start, options);
      return new DriverProcess(request.folder, startLimitMs, events, link);
    },
    adopt: (folder, events) =>
      new DriverProcess(folder, startLimitMs, events, options => LinkedProcess.adopt(options))
  };
}

class DriverProcess implements Driver {
  readonly #folder: string;
  readonly #events: DriverEvents;
  readonly #link: Link;
  readonly #questions = new DriverQuestions();
  readonly #startLimit: NodeJS.Timeout;
  #late: string | null = null;

  constructor(
    folder: string,
    startLimitMs: number,
    events: DriverEvents,
    link: (options: LinkOptions) => Link
  ) {
    this.#folder = folder;
    this.#events = events;
    this.#link = link({
      folder,
      stateSchema: driverStateSchema,
      eventSchema: driverEventSchema,
      events: {
        attached: state => this.#attached(state),
        event: event => this.#happened(event),
        log: (stream, line) => events.log(stream, line),
        ended: end => this.#ended(end)
      }
    });
    this.#startLimit = setTimeout(() => this.#giveUp(startLimitMs), startLimitMs);
    this.#startLimit.unref();
  }

  execute({ id, kind, code }: DriverStatement): void {
    this.#send({ type: 'execute', id, kind, code });
  }

  cancel(id: number): void {
    this.#send({ type: 'cancel', id });
  }

  complete({ code, kind, cursor }: CompletionQuestion): Promise<readonly string[]> {
    return this.#questions.words(request =>
      this.#send({ type: 'complete', request, kind, code, cursor })
    );
  }

  addDependency({ type: kind, path: file }: Dependency): Promise<void> {
    return this.#questions.done(request => this.#send({ type: 'add', request, kind, path: file }));
  }

  stop(): Promise<void> {
    return this.#link.stop();
  }

  release(): void {
    clearTimeout(this.#startLimit);
    this.#link.release();
  }

  #send(message: GatewayMessage): void {
    this.#link.send(message);
  }

  #attached(state: DriverState): void {
    if (state.appId !== null) clearTimeout(this.#startLimit);
    this.#events.attached(state);
  }

  #happened(event: DriverEvent): void {
    if (event.type === 'ready') {
      clearTimeout(this.#startLimit);
      this.#events.ready(event.app_id);
    } else if (event.type === 'started') this.#events.started(event.id, event.started);
    else if (event.type === 'progress') this.#events.progress(event.id, event.fraction);
    else if (event.type === 'done') this.#events.done(event.id, event);
    else if (event.type === 'forgotten') this.#events.forgotten(event.ids);
    else this.#questions.answer(event.request, event);
  }

  #giveUp(limitMs: number): void {
    this.#late = `The session was not ready within ${limitMs / 1_000} s.`;
    void this.#link.stop();
  }

  #ended({ cause, signal, why }: LinkedEnd): void {
    clearTimeout(this.#startLimit);
    const reason = this.#late ?? (cause === 'asked' ? null : END_WORDS[cause](why));
    this.#questions.end(reason ?? 'The session has ended.');
    // The process of a driver that was taken lives, and its folder is in use.
    if (cause !== 'taken') rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    if (this.#late !== null) this.#events.ended(reason, 'error');
    else this.#events.ended(reason, signal === 'SIGTERM' ? 'killed' : 'dead');
  }
}

const END_WORDS = {
  itself: (why: string | null) => {
    const memory = why === 'killed by SIGKILL' ? ', often for lack of memory' : '';
    return `The driver has ended: ${why ?? 'it was done'}${memory}.`;
  },
  taken: () => 'The driver was taken over by another gateway.'
};

function startMessage(settings: DriverSettings, request: DriverRequest): DriverStart {
  return {
    name: request.name ?? `headrace-session-${request.sessionId}`,
    kind: request.kind,
    session_dir: request.folder,
    archive_dir: path.resolve(settings.archiveDir),
    java: settings.java,
    base_jars: settings.jars,
    jars: request.jars,
    py_files: request.pyFiles,
    files: request.files,
    archives: request.archives,
    memory: request.driverMemory,
    conf: request.conf
  };
}
