import type {
  Runner,
  RunnerEvents,
  RunnerLauncher,
  RunnerRequest
} from '../../src/local/gateway/batches/runner-port.ts';

/** Runners in memory, in the order of their batches; the test plays Spark through `events`. */
export class MemoryRunners {
  readonly all: MemoryRunner[] = [];

  readonly launcher: RunnerLauncher = {
    start: (request, events) => this.#runner(request, request.folder, events),
    adopt: (folder, events) => this.#runner(null, folder, events)
  };

  get last(): MemoryRunner {
    const runner = this.all.at(-1);
    if (runner === undefined) throw new Error('no batch was created');
    return runner;
  }

  #runner(request: RunnerRequest | null, folder: string, events: RunnerEvents): MemoryRunner {
    const runner = new MemoryRunner(request, folder, events);
    this.all.push(runner);
    return runner;
  }
}

class MemoryRunner implements Runner {
  readonly events: RunnerEvents;
  readonly folder: string;
  /** What it was started with; null for one that was adopted. */
  readonly request: RunnerRequest | null;
  stopped = false;
  released = false;

  constructor(request: RunnerRequest | null, folder: string, events: RunnerEvents) {
    this.request = request;
    this.folder = folder;
    this.events = events;
  }

  /** Spark's process has ended with this status. */
  end(status: number): void {
    this.events.state({ running: true, status });
    this.events.ended(status === 0 ? null : `exit status ${status}`);
  }

  stop(): Promise<void> {
    if (!this.stopped) this.events.ended(null);
    this.stopped = true;
    return Promise.resolve();
  }

  release(): void {
    this.released = true;
  }
}
