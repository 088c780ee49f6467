import type { Clock } from '../../src/runtime/clock.ts';
import { Sleepers } from './sleepers.ts';

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Sleepers();

  constructor(start = 1_000_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#sleepers.sleep(this.#now + ms, signal);
  }

  /** Lets `ms` pass: wakes the sleepers in the order of their times, with all they lead to. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#sleepers.next(end); next; next = this.#sleepers.next(end)) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
