import { HeadraceError } from '../../shared/errors.ts';
import { isPassing, isUnreachable, neverSent, type HttpReply } from './failures.ts';
import type { Call } from './call.ts';

/** How often a request is sent again at most. */
export const RETRIES = 3;
const FIRST_PAUSE_MS = 100;
const GROWTH = 3;

/** Whether a request may be sent again after this outcome; a statement is when it was surely not received. */
export function mayRepeat(call: Call, outcome: HttpReply | HeadraceError): boolean {
  const safe = call.repeatable ?? call.method !== 'POST';
  if (outcome instanceof HeadraceError)
    return neverSent(outcome) || (safe && isUnreachable(outcome));
  // Too many requests: refused before anything was done.
  return outcome.status === 429 || (safe && isPassing(outcome));
}

/** Milliseconds before a request is sent again: half fixed, half by chance, so that clients part. */
export function pauseBefore(retry: number, random: () => number = Math.random): number {
  const whole = FIRST_PAUSE_MS * GROWTH ** retry;
  return Math.round(whole / 2 + (whole / 2) * random());
}
