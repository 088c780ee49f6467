import type { StreamHandle } from '../../runtime/streams/port.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { CellContext } from '../contract.ts';
import { newestInputTime } from './newest-input.ts';

/** How often the bounds are looked at, milliseconds. */
const CHECK_MS = 100;
/** A stream that has shown its newest input is done when no row came for this long. */
const IDLE_MS = 5_000;
/** A stream may drop its newest input (a filter, a record that does not parse): then it is done after this long. */
const SILENT_MS = 30_000;
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
 * Without bounds: no rows for 5 s after the newest input was shown, or 60 s in all.
 */
export async function waitForBounds(
  stream: StreamHandle,
  bounds: Bounds,
  context: CellContext
): Promise<string> {
  const progress = new Progress(stream, context);
  try {
    for (;;) {
      const reason = await reachedBound(stream, bounds, progress);
      if (reason !== null) return reason;
      await context.clock.sleep(CHECK_MS, context.signal);
    }
  } finally {
    progress.close();
  }
}

/** What has come of a stream since the wait began. Times are milliseconds. */
class Progress {
  readonly #stream: StreamHandle;
  readonly #context: CellContext;
  readonly #startedAt: number;
  readonly #unsubscribe: () => void;
  #rows = 0;
  #rowsAt: number;
  #eventTime: number | null = null;
  #comparedAt: number;

  constructor(stream: StreamHandle, context: CellContext) {
    this.#stream = stream;
    this.#context = context;
    this.#startedAt = context.clock.now();
    this.#rowsAt = this.#startedAt;
    this.#comparedAt = this.#startedAt;
    this.#unsubscribe = stream.onRows(rows => {
      this.#rows += rows.length;
      this.#rowsAt = context.clock.now();
      for (const { eventTime } of rows)
        if (eventTime !== null) this.#eventTime = Math.max(this.#eventTime ?? 0, eventTime);
    });
  }

  get rows(): number {
    return this.#rows;
  }

  get waitedMs(): number {
    return this.#context.clock.now() - this.#startedAt;
  }

  get idleMs(): number {
    return this.#context.clock.now() - this.#rowsAt;
  }

  /** Whether the newest input is behind a row that has come; asks the broker once in a while. */
  async shownNewest(): Promise<boolean> {
    const { clock, runtime, signal } = this.#context;
    if (clock.now() - this.#comparedAt < IDLE_MS / 5) return false;
    this.#comparedAt = clock.now();
    const newest = await newestInputTime(await runtime.kafka(), this.#stream.spec, signal);
    return newest === null || (this.#eventTime !== null && this.#eventTime >= newest);
  }

  close(): void {
    this.#unsubscribe();
  }
}

async function reachedBound(
  stream: StreamHandle,
  { untilRows, untilSeconds }: Bounds,
  progress: Progress
): Promise<string | null> {
  if (isFinal(stream.status().state)) return 'the stream ended';
  if (untilRows !== undefined && progress.rows >= untilRows) return `${untilRows} rows have come`;
  if (untilSeconds !== undefined)
    return progress.waitedMs >= untilSeconds * 1000 ? `${untilSeconds} s have passed` : null;
  if (untilRows === undefined && progress.waitedMs >= DEFAULT_LIMIT_MS) return '60 s have passed';
  return caughtUp(stream) ? await becameIdle(progress) : null;
}

async function becameIdle(progress: Progress): Promise<string | null> {
  if (progress.idleMs >= SILENT_MS) return 'no rows came for 30 s';
  if (progress.idleMs < IDLE_MS || !(await progress.shownNewest())) return null;
  return 'no rows came for 5 s';
}

function caughtUp(stream: StreamHandle): boolean {
  const { state, backlog, mode } = stream.status();
  if (state !== 'live' && state !== 'stalled') return false;
  return backlog === null ? mode !== 'catch-up' : backlog === 0;
}
