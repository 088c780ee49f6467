import type { Clock } from '../../../runtime/clock.ts';
import type { CreateRequest } from './create-request.ts';
import type {
  CompletionQuestion,
  Dependency,
  Driver,
  DriverEvents,
  DriverState,
  EndState
} from '../driver/driver-port.ts';
import { LogBuffer } from './log-buffer.ts';
import { sessionInState, sessionNotActive } from '../http/refusal.ts';
import type { SessionRecord } from './session-record.ts';
import type { SessionStatement } from '../statements/statement.ts';
import { StatementList } from '../statements/statement-list.ts';

/** States of a session, as Livy names them; `not_started` is one whose driver does not run yet. */
export type GatewaySessionState =
  'not_started' | 'starting' | 'recovering' | 'idle' | 'busy' | 'shutting_down' | EndState;

type Phase = Exclude<GatewaySessionState, 'idle' | 'busy'> | 'up';

/** One Spark session: its driver, its statements in order, its log. */
export class Session {
  readonly id: number;
  readonly request: CreateRequest;
  readonly owner: string | null;
  readonly log = new LogBuffer();
  readonly #clock: Clock;
  readonly #statements = new StatementList();
  #driver: Driver | null = null;
  #phase: Phase = 'not_started';
  #appId: string | null = null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Last call that Livy counts as activity. */
  lastActivity: number;
  /** Last call of any sort, which is what a heartbeat means. */
  lastHeartbeat: number;
  diedAt: number | null = null;

  constructor({ id, request, owner, createdAt, lastActivity }: SessionRecord, clock: Clock) {
    this.id = id;
    this.request = request;
    this.owner = owner;
    this.createdAt = createdAt;
    this.lastActivity = lastActivity;
    this.lastHeartbeat = clock.now();
    this.#clock = clock;
  }

  get name(): string | null {
    return this.request.name;
  }

  get appId(): string | null {
    return this.#appId;
  }

  get state(): GatewaySessionState {
    if (this.#phase !== 'up') return this.#phase;
    return this.#statements.busy ? 'busy' : 'idle';
  }

  /** What the next gateway has to know. */
  get record(): SessionRecord {
    const { id, request, owner, createdAt, lastActivity } = this;
    return { version: 1, id, request, owner, createdAt, lastActivity };
  }

  /** Gives the session its driver: a new one, or one that lived before this gateway. Called once. */
  drive(phase: 'starting' | 'recovering', driver: (events: DriverEvents) => Driver): void {
    this.#driver = driver(this.#events());
    this.#phase = phase;
  }

  /** The newest statements, oldest first; refused once the session has ended. */
  statements(): readonly SessionStatement[] {
    if (this.diedAt !== null || this.#phase === 'shutting_down') throw sessionNotActive();
    return this.#statements.all();
  }

  submit(code: string, kind: string): SessionStatement {
    const driver = this.#up();
    const statement = this.#statements.add(code, kind);
    driver.execute({ id: statement.id, code, kind });
    return statement;
  }

  cancel(statement: SessionStatement): void {
    this.lastActivity = this.#clock.now();
    if (statement.ended) return;
    statement.cancel(this.lastActivity);
    this.#driver?.cancel(statement.id);
  }

  /** Words that may stand at the cursor. */
  async complete(question: CompletionQuestion): Promise<readonly string[]> {
    return this.#up().complete(question);
  }

  /** Adds a jar, a Python file or a file while the session runs; rejects with what Spark says. */
  async addDependency(dependency: Dependency): Promise<void> {
    await this.#up().addDependency(dependency);
  }

  /** Ends the driver and waits for it; the session stays as `dead`. */
  async stop(): Promise<void> {
    if (this.diedAt === null) this.#phase = 'shutting_down';
    await this.#driver?.stop();
    this.#die('dead');
  }

  /** Leaves the driver to the next gateway. */
  release(): void {
    this.#driver?.release();
  }

  /** The driver, for a call that counts as activity; refuses while it takes none. */
  #up(): Driver {
    if (this.#phase !== 'up' || this.#driver === null) throw sessionInState(this.state);
    this.lastActivity = this.#clock.now();
    return this.#driver;
  }

  #die(state: EndState): void {
    if (this.diedAt !== null) return;
    this.#phase = state;
    this.diedAt = this.#clock.now();
  }

  #attached(state: DriverState): void {
    this.#statements.replace(state);
    this.#phase = this.#phase === 'recovering' ? 'starting' : this.#phase;
    if (state.appId !== null) this.#ready(state.appId);
  }

  #ready(appId: string): void {
    this.#appId = appId;
    if (this.#phase === 'starting') this.#phase = 'up';
  }

  #events(): DriverEvents {
    return {
      attached: state => this.#attached(state),
      ready: appId => this.#ready(appId),
      started: (id, at) => this.#statements.start(id, at),
      progress: (id, fraction) => this.#statements.progress(id, fraction),
      done: (id, end) => {
        this.#statements.finish(id, end);
        this.lastActivity = this.#clock.now();
      },
      forgotten: ids => this.#statements.remove(ids),
      log: (stream, line) => this.log.add(stream, line),
      ended: (reason, state = 'dead') => {
        if (reason !== null) this.log.add('stderr', reason);
        this.#die(reason === null ? 'dead' : state);
      }
    };
  }
}
