import type {
  CompletionQuestion,
  Dependency,
  Driver,
  DriverEvents,
  DriverLauncher,
  DriverOutput,
  DriverRequest,
  DriverStatement
} from '../../src/local/gateway/driver-port.ts';

/** Drivers in memory, in the order of their sessions; the test plays Spark through `events`. */
export class MemoryDrivers {
  readonly all: MemoryDriver[] = [];

  readonly launcher: DriverLauncher = (request, events) => {
    const driver = new MemoryDriver(request, events);
    this.all.push(driver);
    return driver;
  };

  get last(): MemoryDriver {
    const driver = this.all.at(-1);
    if (driver === undefined) throw new Error('no session was created');
    return driver;
  }
}

class MemoryDriver implements Driver {
  readonly request: DriverRequest;
  readonly events: DriverEvents;
  readonly executed: DriverStatement[] = [];
  readonly cancelled: number[] = [];
  readonly questions: CompletionQuestion[] = [];
  readonly dependencies: Dependency[] = [];
  /** What the driver answers to every completion. */
  words: readonly string[] = [];
  /** What Spark says to every dependency; null takes it. */
  dependencyFault: string | null = null;
  stopped = false;

  constructor(request: DriverRequest, events: DriverEvents) {
    this.request = request;
    this.events = events;
  }

  execute(statement: DriverStatement): void {
    this.executed.push(statement);
  }

  cancel(statement: number): void {
    this.cancelled.push(statement);
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

  /** Ends the running statement with a text. */
  finish(text: string): void {
    this.answer({ status: 'ok', data: { 'text/plain': text } });
  }

  answer(output: DriverOutput): void {
    const running = this.executed.at(-1);
    if (running !== undefined) this.events.done(running.id, output);
  }
}
