import type { StreamHandle } from '../../runtime/streams/port.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { CellContext } from '../contract.ts';

/** How often the bounds are looked at, milliseconds. */
const CHECK_MS = 100;
/** A stream without new rows for this long, and without a backlog, is done with what there was. */
const IDLE_MS = 5_000;
/** A cell without a bound of its own ends after this long in any case. */
const DEFAULT_LIMIT_MS = 60_000;

/** What ends a cell that waits for its stream; both absent is the default bound. */
export interface Bounds {
  readonly untilRows?: number | undefined;
  readonly untilSeconds?: number | undefined;
}

export function isBounded(bounds: Bounds): boolean {
  return bounds.untilRows !== undefined || bounds.untilSeconds !== undefined;
}

/**
 * Waits until a bound is reached or the stream has ended, and says which, as a clause.
 * Without bounds: idle for 5 s after having caught up, or 60 s in all.
 */
export async function waitForBounds(
  stream: StreamHandle,
  bounds: Bounds,
  { clock, signal }: CellContext
): Promise<string> {
  const startedAt = clock.now();
  const seen = { rows: 0, at: startedAt };
  const unsubscribe = stream.onRows(rows => {
    seen.rows += rows.length;
    if (rows.length > 0) seen.at = clock.now();
  });
  try {
    for (;;) {
      const waited = {
        ms: clock.now() - startedAt,
        idleMs: clock.now() - seen.at,
        rows: seen.rows
      };
      const reason = reachedBound(stream, bounds, waited);
      if (reason !== null) return reason;
      await clock.sleep(CHECK_MS, signal);
    }
  } finally {
    unsubscribe();
  }
}

interface Waited {
  readonly ms: number;
  readonly idleMs: number;
  readonly rows: number;
}

function reachedBound(stream: StreamHandle, bounds: Bounds, waited: Waited): string | null {
  const { untilRows, untilSeconds } = bounds;
  if (isFinal(stream.status().state)) return 'the stream ended';
  if (untilRows !== undefined && waited.rows >= untilRows) return `${untilRows} rows have come`;
  if (untilSeconds !== undefined)
    return waited.ms >= untilSeconds * 1000 ? `${untilSeconds} s have passed` : null;
  if (waited.ms >= DEFAULT_LIMIT_MS && untilRows === undefined) return '60 s have passed';
  if (caughtUp(stream) && waited.idleMs >= IDLE_MS) return 'no rows came for 5 s';
  return null;
}

function caughtUp(stream: StreamHandle): boolean {
  const { state, backlog, mode } = stream.status();
  if (state !== 'live' && state !== 'stalled') return false;
  return backlog === null ? mode !== 'catch-up' : backlog === 0;
}
