import type { BatchState } from '../../../runtime/livy/batch-port.ts';
import { LogBuffer } from '../sessions/log-buffer.ts';
import type { BatchRecord } from './batch-record.ts';
import type { CreateBatch } from './create-batch.ts';
import type { Runner, RunnerEvents, RunnerState } from './runner-port.ts';

/** One batch: the process that runs it, its state, its log. */
export class Batch {
  readonly id: number;
  readonly request: CreateBatch;
  readonly log = new LogBuffer();
  readonly #now: () => number;
  #runner: Runner | null = null;
  #status: number | null = null;
  #state: BatchState = 'not_started';
  /** Epoch milliseconds; null while it runs. */
  endedAt: number | null = null;

  /** `now` gives epoch milliseconds. */
  constructor({ id, request }: BatchRecord, now: () => number) {
    this.id = id;
    this.request = request;
    this.#now = now;
  }

  get name(): string | null {
    return this.request.name;
  }

  get state(): BatchState {
    return this.#state;
  }

  /** Gives the batch its process: a new one, or one that lived before this gateway. Called once. */
  run(state: 'starting' | 'recovering', runner: (events: RunnerEvents) => Runner): void {
    this.#runner = runner(this.#events());
    this.#state = state;
  }

  /** Ends the process and waits for it. */
  async stop(): Promise<void> {
    if (this.endedAt === null) this.#state = 'shutting_down';
    await this.#runner?.stop();
  }

  /** Leaves the process to the next gateway. */
  release(): void {
    this.#runner?.release();
  }

  #known({ running, status }: RunnerState): void {
    this.#status = status;
    if (this.#state === 'shutting_down') return;
    this.#state = running ? 'running' : 'starting';
  }

  #ended(reason: string | null): void {
    if (reason !== null) this.log.add('stderr', `headrace: the batch has ended: ${reason}`);
    this.endedAt = this.#now();
    if (this.#state === 'shutting_down') this.#state = 'killed';
    else this.#state = this.#status === 0 ? 'success' : 'dead';
  }

  /** As with Livy, whatever Spark writes is one log: the order of the two streams matters most. */
  #events(): RunnerEvents {
    return {
      state: state => this.#known(state),
      log: line => this.log.add('stdout', line),
      ended: reason => this.#ended(reason)
    };
  }
}
