import type { PollRhythm } from './port.ts';

/** Waits between looks at something that will end: short at first, then in proportion, up to a limit. */
export class Backoff {
  readonly #rhythm: PollRhythm;
  #nextMs: number;

  constructor(rhythm: PollRhythm) {
    this.#rhythm = rhythm;
    this.#nextMs = rhythm.firstMs;
  }

  /** The next wait, milliseconds. */
  next(): number {
    const wait = this.#nextMs;
    this.#nextMs = Math.min(this.#rhythm.limitMs, wait * this.#rhythm.growth);
    return Math.round(wait);
  }
}
