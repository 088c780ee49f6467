import { interrupted } from '../../src/shared/errors.ts';
import type { Clock } from '../../src/runtime/clock.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start = 1_000_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
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
      if (signal?.aborted === true) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Lets `ms` pass: wakes the sleepers in the order of their times, with all they lead to. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Sleeper | undefined {
    return [...this.#sleepers]
      .filter(sleeper => sleeper.due <= end)
      .sort((left, right) => left.due - right.due)[0];
  }
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
