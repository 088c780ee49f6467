import { interrupted, type HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';

/** An interrupt waits this long until what the cell follows has been told to end, milliseconds. */
const END_LIMIT_MS = 10_000;

/** Something that a cell follows, and that can go on or end without it. */
export interface Limited {
  /** An interrupt of the cell leaves it running. */
  readonly detach: boolean;
  /** It is ended after this time, milliseconds. */
  readonly timeoutMs: number | null;
  readonly end: (signal: AbortSignal) => Promise<unknown>;
  /** Says that it goes on, and how to see it. */
  readonly goesOn: string;
  /** Says that it was ended. */
  readonly wasEnded: string;
  readonly tooLate: (timeoutMs: number) => HeadraceError;
}

/** Follows under the limit of time; what the limit or an interrupt ends is told to end, unless it is to go on. */
export async function withinLimit<Result>(
  limited: Limited,
  { clock, signal }: Pick<CellContext, 'clock' | 'signal'>,
  follow: (signal: AbortSignal) => Promise<Result>
): Promise<Result> {
  const { detach, timeoutMs, end, goesOn, wasEnded, tooLate } = limited;
  const done = new AbortController();
  const late = new AbortController();
  if (timeoutMs !== null)
    void clock.sleep(timeoutMs, done.signal).then(
      () => late.abort(),
      () => undefined
    );
  try {
    return await follow(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (signal.aborted && detach) throw interrupted(goesOn);
    if (!signal.aborted && !late.signal.aborted) throw error;
    await end(AbortSignal.timeout(END_LIMIT_MS));
    throw signal.aborted ? interrupted(wasEnded) : tooLate(timeoutMs ?? 0);
  } finally {
    done.abort();
  }
}
