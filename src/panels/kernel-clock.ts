import type { Timers } from './timers.ts';

/** The kernel's clock as a page knows it: what the last frame said, and the time since. */
export class KernelClock {
  readonly #timers: Pick<Timers, 'now'>;
  #ahead = 0;

  constructor(timers: Pick<Timers, 'now'>) {
    this.#timers = timers;
  }

  /** A frame just arrived that was sent at `at`. */
  set(at: number): void {
    this.#ahead = at - this.#timers.now();
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#timers.now() + this.#ahead;
  }

  /** The last whole second. */
  second(): number {
    return Math.floor(this.now() / 1_000) * 1_000;
  }
}
