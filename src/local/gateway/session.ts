import type { Clock } from '../../runtime/clock.ts';
import type { CreateRequest } from './create-request.ts';
import type {
  CompletionQuestion,
  Dependency,
  Driver,
  DriverEvents,
  DriverLauncher,
  DriverOutput
} from './driver-port.ts';
import { LogBuffer } from './log-buffer.ts';
import { sessionInState, sessionNotActive } from './refusal.ts';
import { SessionStatement } from './statement.ts';

/** Statements kept, as `livy.rsc.retained-statements`; older ones are forgotten. */
export const RETAINED_STATEMENTS = 100;

export type GatewaySessionState = 'starting' | 'idle' | 'busy' | 'shutting_down' | 'dead';

export interface SessionOptions {
  readonly id: number;
  readonly request: CreateRequest;
  readonly launcher: DriverLauncher;
  readonly clock: Clock;
}

/** One Spark session: its driver, its statements in order, its log. */
export class Session {
  readonly id: number;
  readonly request: CreateRequest;
  readonly log = new LogBuffer();
  readonly #clock: Clock;
  readonly #driver: Driver;
  #phase: 'starting' | 'up' | 'shutting_down' | 'dead' = 'starting';
  #statements: SessionStatement[] = [];
  #nextStatement = 0;
  #current: SessionStatement | undefined;
  #appId: string | null = null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Last call that Livy counts as activity. */
  lastActivity: number;
  /** Last call of any sort, which is what a heartbeat means. */
  lastHeartbeat: number;
  diedAt: number | null = null;

  constructor({ id, request, launcher, clock }: SessionOptions) {
    this.id = id;
    this.request = request;
    this.#clock = clock;
    this.createdAt = this.lastActivity = this.lastHeartbeat = clock.now();
    const { name, conf, jars, pyFiles, driverMemory } = request;
    this.#driver = launcher(
      {
        sessionId: id,
        name,
        conf,
        driverMemory,
        jars: jars.map(localPath),
        pyFiles: pyFiles.map(localPath)
      },
      this.#events()
    );
  }

  get name(): string | null {
    return this.request.name;
  }

  get appId(): string | null {
    return this.#appId;
  }

  get state(): GatewaySessionState {
    if (this.#phase !== 'up') return this.#phase;
    return this.#current === undefined ? 'idle' : 'busy';
  }

  /** The newest statements, oldest first; refused once the session has ended. */
  statements(): readonly SessionStatement[] {
    if (this.#phase === 'dead' || this.#phase === 'shutting_down') throw sessionNotActive();
    return this.#statements;
  }

  submit(code: string, kind: string): SessionStatement {
    if (this.#phase !== 'up') throw sessionInState(this.state);
    this.lastActivity = this.#clock.now();
    const statement = new SessionStatement(this.#nextStatement++, code, kind);
    this.#statements = [...this.#statements, statement].slice(-RETAINED_STATEMENTS);
    // The answer to the POST says `waiting`, as Livy's does, so the run begins after it was taken.
    queueMicrotask(() => this.#runNext());
    return statement;
  }

  cancel(statement: SessionStatement): void {
    this.lastActivity = this.#clock.now();
    if (statement.cancel(this.#clock.now())) this.#driver.cancel(statement.id);
  }

  /** Words that may stand at the cursor; none while the session is not up. */
  async complete(question: CompletionQuestion): Promise<readonly string[]> {
    if (this.#phase !== 'up') return [];
    this.lastActivity = this.#clock.now();
    return this.#driver.complete(question);
  }

  /** Adds a jar, a Python file or a file to the session while it runs. */
  async addDependency(dependency: Dependency): Promise<void> {
    if (this.#phase !== 'up') throw sessionInState(this.state);
    this.lastActivity = this.#clock.now();
    await this.#driver.addDependency(dependency);
  }

  /** Ends the driver and waits for it; the session stays as `dead`. */
  async stop(): Promise<void> {
    if (this.#phase !== 'dead') this.#phase = 'shutting_down';
    await this.#driver.stop();
    this.#die();
  }

  #runNext(): void {
    if (this.#phase !== 'up' || this.#current !== undefined) return;
    const next = this.#statements.find(statement => statement.view.state === 'waiting');
    if (next === undefined) return;
    this.#current = next;
    next.start(this.#clock.now());
    this.#driver.execute({ id: next.id, code: next.view.code, kind: next.kind });
  }

  #done(id: number, output: DriverOutput): void {
    if (this.#current?.id !== id) return;
    this.#current.finish(output, this.#clock.now());
    this.#current = undefined;
    this.lastActivity = this.#clock.now();
    this.#runNext();
  }

  #die(): void {
    if (this.#phase === 'dead') return;
    this.#phase = 'dead';
    this.#current = undefined;
    this.diedAt = this.#clock.now();
  }

  #events(): DriverEvents {
    return {
      ready: appId => {
        this.#appId = appId;
        if (this.#phase === 'starting') this.#phase = 'up';
      },
      progress: (id, fraction) => {
        if (this.#current?.id === id) this.#current.progress(fraction);
      },
      done: (id, output) => this.#done(id, output),
      log: (stream, line) => this.log.add(stream, line),
      ended: reason => {
        if (reason !== null) this.log.add('stderr', reason);
        this.#die();
      }
    };
  }
}

/** `file:` URLs and plain paths name the same local file. */
export function localPath(uri: string): string {
  return uri.replace(/^file:(\/\/(?=\/))?/, '');
}
