/** First wait between two looks, milliseconds: a trivial statement ends within a few. */
const FIRST_MS = 2;
/** Each wait is longer than the last by this factor, so that polling costs a fixed share of the time. */
const GROWTH = 1.3;

/** Waits between looks at something that will end: short at first, then in proportion, up to a limit. */
export class Backoff {
  readonly #limitMs: number;
  #nextMs = FIRST_MS;

  /** `limitMs` is the longest wait, milliseconds. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** The next wait, milliseconds. */
  next(): number {
    const wait = this.#nextMs;
    this.#nextMs = Math.min(this.#limitMs, wait * GROWTH);
    return Math.round(wait);
  }
}
