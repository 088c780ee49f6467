import type { Timers } from './timers.ts';

/** Passes the newest value on, at once and then at most once in so many milliseconds. */
export class Throttle<T> {
  readonly #timers: Timers;
  readonly #intervalMs: number;
  readonly #pass: (value: T) => void;
  #waiting: { readonly value: T } | null = null;
  #cancel: (() => void) | null = null;

  constructor(timers: Timers, intervalMs: number, pass: (value: T) => void) {
    this.#timers = timers;
    this.#intervalMs = intervalMs;
    this.#pass = pass;
  }

  offer(value: T): void {
    if (this.#cancel !== null) {
      this.#waiting = { value };
      return;
    }
    this.#pass(value);
    this.#cancel = this.#timers.after(this.#intervalMs, () => this.#next());
  }

  dispose(): void {
    this.#waiting = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #next(): void {
    const waiting = this.#waiting;
    this.#cancel = null;
    this.#waiting = null;
    if (waiting !== null) this.offer(waiting.value);
  }
}
