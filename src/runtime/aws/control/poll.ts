import { HeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { isPassing } from './errors.ts';

/** How something is waited for that takes minutes. */
export interface PollOptions<Seen> {
  /** What is waited for, after “waiting for”. */
  readonly what: string;
  readonly clock: Clock;
  /** Milliseconds between two looks. */
  readonly everyMs: number;
  /** Milliseconds until the wait is given up with HR_TIMEOUT; what was begun goes on. */
  readonly limitMs: number;
  /** Each thing seen. */
  readonly onSeen?: ((seen: Seen) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks until `done` says so, and gives what was seen last; `done` throws when it will never be. A look that AWS cannot
 * answer now is repeated: it is busy with many callers, or the network is away for a moment.
 */
export async function poll<Seen>(
  look: () => Promise<Seen>,
  done: (seen: Seen) => boolean,
  options: PollOptions<Seen>
): Promise<Seen> {
  const { clock, everyMs, limitMs, signal } = options;
  const end = clock.now() + limitMs;
  for (;;) {
    const last = clock.now() >= end;
    const seen = await lookOnce(look, last);
    if (seen !== null) options.onSeen?.(seen.value);
    if (seen !== null && done(seen.value)) return seen.value;
    if (last) throw tooLong(options.what, limitMs);
    await clock.sleep(Math.min(everyMs, end - clock.now()), signal);
  }
}

/** Null where AWS did not answer; that is an error only at the end of the wait. */
async function lookOnce<Seen>(
  look: () => Promise<Seen>,
  last: boolean
): Promise<{ readonly value: Seen } | null> {
  try {
    return { value: await look() };
  } catch (error) {
    if (last || !isPassing(error)) throw error;
    return null;
  }
}

function tooLong(what: string, limitMs: number): HeadraceError {
  return new HeadraceError('HR_TIMEOUT', `Gave up waiting for ${what}`, {
    why: `it took longer than ${Math.round(limitMs / 60_000)} minutes`,
    next: 'It goes on in AWS: run the cell again to wait for it.'
  });
}
