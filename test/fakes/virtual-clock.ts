import type { Clock } from '../../src/runtime/clock.ts';
import { settle } from './manual-clock.ts';
import { Sleepers } from './sleepers.ts';

/**
 * A clock that jumps to the next sleeper as soon as nothing else is left to do, so that code which waits for
 * minutes runs at once and always in the same order.
 */
export class VirtualClock implements Clock {
  #now: number;
  #running = false;
  readonly #sleepers = new Sleepers();

  constructor(start = 1_000_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const slept = this.#sleepers.sleep(this.#now + ms, signal);
    if (!this.#running) void this.#run();
    return slept;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#sleepers.size > 0) {
      await settle();
      const next = this.#sleepers.next();
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
    this.#running = false;
  }
}
