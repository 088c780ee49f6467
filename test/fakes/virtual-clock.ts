import { interrupted } from '../../src/shared/errors.ts';
import type { Clock } from '../../src/runtime/clock.ts';

/**
 * A clock that jumps to the next sleeper as soon as nothing else is left to do, so that code which waits for
 * minutes runs at once and always in the same order.
 */
export class VirtualClock implements Clock {
  #now: number;
  #running = false;
  readonly #sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();

  constructor(start = 1_000_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(interrupted('the wait was ended'));
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#sleepers.delete(sleeper);
        reject(interrupted('the wait was ended'));
      };
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { due: this.#now + ms, wake };
      signal?.addEventListener('abort', stop, { once: true });
      this.#sleepers.add(sleeper);
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#sleepers.size > 0) {
      await new Promise(resolve => setImmediate(resolve));
      const [next] = [...this.#sleepers].sort((left, right) => left.due - right.due);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
    this.#running = false;
  }
}
