import { systemClock } from '../../src/runtime/clock.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import { countWords } from './stream-fixture.ts';

const PAUSE_MS = 50;
/** More than any test writes. */
const ALL = 10_000_000;

/** Writes lines of words to a topic all the time, over every loss of the broker. */
export class SteadyWriter {
  readonly #brokers: readonly string[];
  readonly #topic: string;
  readonly #stop = new AbortController();
  readonly #marks: string[] = [];
  readonly #done: Promise<void>;
  #sent = 0;

  constructor(brokers: readonly string[], topic: string) {
    this.#brokers = brokers;
    this.#topic = topic;
    this.#done = this.#write();
  }

  /** Lines that the broker has acknowledged. */
  get sent(): number {
    return this.#sent;
  }

  /** Puts a word into the lines to come. */
  mark(word: string): void {
    this.#marks.push(word);
  }

  /** Stops writing; the words of the topic, counted from what the broker holds. */
  async finish(): Promise<Record<string, number>> {
    this.#stop.abort();
    await this.#done;
    const kafka = createKafka({ brokers: this.#brokers });
    try {
      return countWords(await kafka.peek(this.#topic, ALL));
    } finally {
      await kafka.close();
    }
  }

  /** A line whose fate is not known is written again: it is counted from the topic as often as it is there. */
  async #write(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) await this.#writeUntilFailure().catch(() => undefined);
  }

  async #writeUntilFailure(): Promise<void> {
    const kafka = createKafka({ brokers: this.#brokers });
    const producer = await kafka.producer();
    try {
      while (!this.#stop.signal.aborted) {
        const marks = this.#marks.join(' ');
        await producer.send(this.#topic, [{ value: `w${this.#sent % 13} the ${marks}` }]);
        this.#sent += 1;
        await systemClock.sleep(PAUSE_MS);
      }
    } finally {
      await producer.close().catch(() => undefined);
      await kafka.close().catch(() => undefined);
    }
  }
}
