import type { Clock } from './clock.ts';

/** Restarts of one thing within the window; more mean that something is wrong with it. */
export const MAX_RESTARTS = 3;
/** Milliseconds. */
export const RESTART_WINDOW_MS = 10 * 60_000;

/** Counts how often something that ends by itself was started again of late. */
export class RestartLimit {
  readonly #clock: Clock;
  #taken: readonly number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True, and counted, where it may be started once more now. */
  take(): boolean {
    const now = this.#clock.now();
    this.#taken = this.#taken.filter(at => at > now - RESTART_WINDOW_MS);
    if (this.#taken.length >= MAX_RESTARTS) return false;
    this.#taken = [...this.#taken, now];
    return true;
  }
}
