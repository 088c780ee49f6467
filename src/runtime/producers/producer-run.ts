import type { Clock } from '../clock.ts';
import type { KafkaProducer } from '../kafka/port.ts';
import type { ProduceOptions, ProduceProgress, ProducerRun } from './port.ts';
import { createTokenBucket, unlimitedBucket, type TokenBucket } from './token-bucket.ts';

/** Records of one send, at most. Measured: larger batches gain nothing on the embedded broker. */
const BATCH_RECORDS = 5_000;
/** Sends that may wait for their acknowledgement at the same time; bounds the memory as well. */
const SENDS_IN_FLIGHT = 5;

type State = ProduceProgress['state'];

/** One source on its way to one topic. Owns the producer and the source, and closes both at its end. */
export class RunningProducer implements ProducerRun {
  readonly name: string;
  readonly topic: string;
  readonly finished: Promise<ProduceProgress>;
  readonly #options: ProduceOptions;
  readonly #producer: KafkaProducer;
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  readonly #startedAt: number;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(progress: ProduceProgress) => void>();
  readonly #inFlight = new Set<Promise<void>>();
  #sent = 0;
  #state: State = 'running';
  #error: Error | null = null;
  #endedAt: number | null = null;

  constructor(options: ProduceOptions, producer: KafkaProducer, clock: Clock) {
    this.name = options.name;
    this.topic = options.topic;
    this.#options = options;
    this.#producer = producer;
    this.#clock = clock;
    this.#bucket = options.rate === null ? unlimitedBucket : createTokenBucket(options.rate, clock);
    this.#startedAt = clock.now();
    this.finished = this.#run();
    this.finished.catch(() => undefined);
  }

  progress(): ProduceProgress {
    const seconds = ((this.#endedAt ?? this.#clock.now()) - this.#startedAt) / 1000;
    return {
      sent: this.#sent,
      total: this.#options.source.total,
      rate: seconds > 0 ? this.#sent / seconds : 0,
      seconds,
      state: this.#state,
      error: this.#error
    };
  }

  onProgress(listener: (progress: ProduceProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<ProduceProgress> {
    try {
      await this.#pump();
    } catch (error) {
      this.#fail(error);
    }
    await Promise.all(this.#inFlight);
    await Promise.allSettled([this.#producer.close(), this.#options.source.close?.()]);
    return this.#end();
  }

  async #pump(): Promise<void> {
    while (!this.#halted) {
      const granted = this.#bucket.take(BATCH_RECORDS);
      if (granted === 0) {
        await this.#clock.sleep(this.#bucket.waitMs(), this.#stop.signal).catch(() => undefined);
        continue;
      }
      if ((await this.#sendNext(granted)) === 0) return;
      if (this.#inFlight.size >= SENDS_IN_FLIGHT) await Promise.race(this.#inFlight);
    }
  }

  /** Sends exactly `granted` records, fewer only at the end of the source; answers how many. */
  async #sendNext(granted: number): Promise<number> {
    let left = granted;
    while (left > 0) {
      const records = await this.#options.source.next(left);
      if (records.length === 0) break;
      left -= records.length;
      const sending = this.#producer.send(this.topic, records).then(
        () => this.#acknowledged(records.length),
        (error: unknown) => this.#fail(error)
      );
      this.#inFlight.add(sending);
      void sending.then(() => this.#inFlight.delete(sending));
    }
    return granted - left;
  }

  get #halted(): boolean {
    return this.#stop.signal.aborted || this.#error !== null;
  }

  #acknowledged(records: number): void {
    this.#sent += records;
    this.#notify();
  }

  #fail(error: unknown): void {
    this.#error ??= error instanceof Error ? error : new Error(String(error));
  }

  #end(): ProduceProgress {
    this.#endedAt = this.#clock.now();
    this.#state = this.#endState();
    this.#notify();
    if (this.#error !== null) throw this.#error;
    return this.progress();
  }

  #endState(): State {
    if (this.#error !== null) return 'failed';
    return this.#stop.signal.aborted ? 'stopped' : 'done';
  }

  #notify(): void {
    const progress = this.progress();
    for (const listener of this.#listeners) listener(progress);
  }
}
