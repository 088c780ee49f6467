import { setTimeout as delay } from 'node:timers/promises';
import { interrupted } from '../shared/errors.ts';

/** Time as a parameter, so that tests may run without waiting. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`; rejects with HR_INTERRUPTED when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw interrupted('the wait was ended');
    }
  }
};
