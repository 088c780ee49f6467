import { interrupted } from '../../src/shared/errors.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Those who sleep on a clock of the tests, to be woken in the order of their times. */
export class Sleepers {
  readonly #all = new Set<Sleeper>();

  get size(): number {
    return this.#all.size;
  }

  /** Resolves when the sleeper is woken; rejects when the signal is aborted, before or meanwhile. */
  sleep(due: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#all.delete(sleeper);
        reject(interrupted('the wait was ended'));
      };
      const wake = () => {
        this.#all.delete(sleeper);
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { due, wake };
      if (signal?.aborted === true) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop, { once: true });
      this.#all.add(sleeper);
    });
  }

  /** The first one to wake of those due by `end`. */
  next(end = Infinity): Sleeper | undefined {
    return [...this.#all]
      .filter(sleeper => sleeper.due <= end)
      .sort((left, right) => left.due - right.due)[0];
  }
}
