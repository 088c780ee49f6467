import type { Clock } from '../clock.ts';
import { within } from './within.ts';

/** A part that has not answered for this long is given as it was, milliseconds. */
const PART_LIMIT_MS = 1_000;

/** One part of an inventory; while it fails or is slow, what was known of it last stands for it. */
export class Part<Item> {
  readonly #clock: Clock;
  #known: readonly Item[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Looks, for a second at the most; never rejects. */
  async look(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<readonly Item[]>
  ): Promise<readonly Item[]> {
    try {
      this.#known = await within(PART_LIMIT_MS, this.#clock, signal, work);
    } catch {
      // The next look may be answered.
    }
    return this.#known;
  }

  /** Nothing is known any more, as what it was of is gone. */
  forget(): void {
    this.#known = [];
  }
}
