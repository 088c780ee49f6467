import type { Clock } from '../clock.ts';

/** Shortest wait between two grants, milliseconds: at high rates tokens are granted in groups. */
const TICK_MS = 5;

/** Grants records against time. */
export interface TokenBucket {
  /** Takes as many tokens as are due, at most `max`; 0 when none is due yet. */
  take(max: number): number;
  /** Milliseconds until the next token is due, at least one tick. */
  waitMs(): number;
}

/**
 * An open-loop bucket: record number n is due at `start + n / rate` whatever happened to the records before
 * it. A stall of the broker is made up for afterwards, so the asked rate is the rate over the whole run.
 *
 * @param rate tokens per second, above 0
 */
export function createTokenBucket(rate: number, clock: Clock): TokenBucket {
  const start = clock.now();
  let taken = 0;
  return {
    take(max) {
      const due = Math.floor(((clock.now() - start) * rate) / 1000) + 1;
      const granted = Math.max(0, Math.min(max, due - taken));
      taken += granted;
      return granted;
    },
    waitMs: () => Math.max(TICK_MS, Math.ceil(start + (taken * 1000) / rate - clock.now()))
  };
}

/** No limit: every request is granted at once. */
export const unlimitedBucket: TokenBucket = { take: max => max, waitMs: () => 0 };
