import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../../src/runtime/clock.ts';
import { interrupted } from '../../../../src/shared/errors.ts';

/** A clock whose sleepers wake at once, and find that their time has passed. For one sleeper at a time. */
export class HurriedClock implements Clock {
  #now = Date.now();

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) throw interrupted('the wait was ended');
    this.#now += ms;
    await turn();
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}
