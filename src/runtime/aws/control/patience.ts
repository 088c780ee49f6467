import type { Clock } from '../../clock.ts';
import { isPassing } from './errors.ts';

/** Time and chance, as parameters. */
export interface Pace {
  readonly clock: Clock;
  /** From 0 to 1, so that many notebooks do not ask at the same moment. */
  readonly random: () => number;
}

/** How long a cut of the network or a throttled account is waited for. */
export const PATIENCE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const GROWTH = 2;
const JITTER = 0.4;

/** `ms`, made longer or shorter by up to a fifth. */
export function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (1 - JITTER / 2 + JITTER * random()));
}

/**
 * The result of `work`, which is repeated for as long as AWS does not answer or is too busy; so it has to be safe to
 * repeat. Rejects with the last error after {@link PATIENCE_MS}.
 */
export async function persist<Result>(
  pace: Pace,
  signal: AbortSignal,
  work: () => Promise<Result>
): Promise<Result> {
  const until = pace.clock.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * GROWTH)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || pace.clock.now() + pause > until) throw error;
    }
    await pace.clock.sleep(jittered(pause, pace.random), signal);
  }
}

/** Looks again and again until `look` gives something other than null, or `limitMs` have passed: then null. */
export async function until<Result>(
  pace: Pace,
  rhythm: { readonly everyMs: number; readonly limitMs: number },
  signal: AbortSignal,
  look: () => Promise<Result | null>
): Promise<Result | null> {
  const end = pace.clock.now() + rhythm.limitMs;
  for (;;) {
    const found = await persist(pace, signal, look);
    if (found !== null) return found;
    if (pace.clock.now() >= end) return null;
    await pace.clock.sleep(jittered(rhythm.everyMs, pace.random), signal);
  }
}
