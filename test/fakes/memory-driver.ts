import type {
  CompletionQuestion,
  Dependency,
  Driver,
  DriverEvents,
  DriverLauncher,
  DriverOutput,
  DriverRequest,
  DriverState,
  DriverStatement
} from '../../src/local/gateway/driver/driver-port.ts';

/** Drivers in memory, in the order of their sessions; the test plays Spark through `events`. */
export class MemoryDrivers {
  readonly all: MemoryDriver[] = [];
  /** Thrown at the next start. */
  fault: Error | null = null;
  readonly #now: () => number;

  /** `now` is the time at which statements start and end, epoch milliseconds. */
  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  readonly launcher: DriverLauncher = {
    start: (request, events) => {
      if (this.fault !== null) throw this.fault;
      return this.#driver(request, request.folder, events);
    },
    adopt: (folder, events) => this.#driver(null, folder, events)
  };

  get last(): MemoryDriver {
    const driver = this.all.at(-1);
    if (driver === undefined) throw new Error('no session was created');
    return driver;
  }

  #driver(request: DriverRequest | null, folder: string, events: DriverEvents): MemoryDriver {
    const driver = new MemoryDriver(request, folder, events, this.#now);
    this.all.push(driver);
    return driver;
  }
}

/** Queues statements as a real driver does; `answer` ends the one that runs. */
export class MemoryDriver implements Driver {
  readonly events: DriverEvents;
  readonly folder: string;
  /** Statements in the order in which they began to run. */
  readonly executed: DriverStatement[] = [];
  /** Running statements that were asked to end. */
  readonly cancelled: number[] = [];
  readonly questions: CompletionQuestion[] = [];
  readonly dependencies: Dependency[] = [];
  /** What the driver answers to every completion. */
  words: readonly string[] = [];
  /** What Spark says to every dependency; null takes it. */
  dependencyFault: string | null = null;
  stopped = false;
  released = false;
  readonly #request: DriverRequest | null;
  readonly #now: () => number;
  #waiting: DriverStatement[] = [];
  #running: DriverStatement | undefined;

  constructor(
    request: DriverRequest | null,
    folder: string,
    events: DriverEvents,
    now: () => number
  ) {
    this.#request = request;
    this.folder = folder;
    this.events = events;
    this.#now = now;
  }

  /** What the driver was started with. */
  get request(): DriverRequest {
    if (this.#request === null) throw new Error('this driver was adopted');
    return this.#request;
  }

  execute(statement: DriverStatement): void {
    this.#waiting.push(statement);
    queueMicrotask(() => this.#runNext());
  }

  cancel(id: number): void {
    if (!this.#waiting.some(statement => statement.id === id)) this.cancelled.push(id);
    else {
      this.#waiting = this.#waiting.filter(statement => statement.id !== id);
      this.events.done(id, { state: 'cancelled', output: null, completed: this.#now() });
    }
  }

  complete(question: CompletionQuestion): Promise<readonly string[]> {
    this.questions.push(question);
    return Promise.resolve(this.words);
  }

  addDependency(dependency: Dependency): Promise<void> {
    this.dependencies.push(dependency);
    return this.dependencyFault === null
      ? Promise.resolve()
      : Promise.reject(new Error(this.dependencyFault));
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.events.ended(null);
    return Promise.resolve();
  }

  release(): void {
    this.released = true;
  }

  /** Tells the gateway what the driver knows, as a driver does when a gateway attaches. */
  attach(state: Partial<DriverState> = {}): void {
    this.events.attached({ appId: 'local-1', statements: [], nextStatement: 0, ...state });
  }

  /** Ends the running statement with a text. */
  finish(text: string): void {
    this.answer({ status: 'ok', data: { 'text/plain': text } });
  }

  answer(output: DriverOutput): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const state = this.cancelled.includes(running.id) ? 'cancelled' : 'available';
    this.events.done(running.id, { state, output, completed: this.#now() });
    this.#runNext();
  }

  #runNext(): void {
    if (this.#running !== undefined) return;
    this.#running = this.#waiting.shift();
    if (this.#running === undefined) return;
    this.executed.push(this.#running);
    this.events.started(this.#running.id, this.#now());
  }
}
