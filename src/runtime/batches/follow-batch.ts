import type { Clock } from '../clock.ts';
import type { BatchPort, BatchState } from '../livy/batch-port.ts';
import { endReason } from './end-reason.ts';
import { logLine, type LogLine } from './log-line.ts';
import { LogWindow } from './log-window.ts';

/** First and longest wait between two looks, and how it grows: a short batch is seen to end at once, milliseconds. */
const FIRST_MS = 200;
const LONGEST_MS = 2_000;
const GROWTH = 1.2;
/** More lines than an endpoint keeps of one batch. */
const WHOLE_LOG = 2_000;

const FINAL: readonly BatchState[] = ['success', 'dead', 'error', 'killed'];

/** Whether a batch has ended for good; a state that is not known is not final. */
export function hasBatchEnded(state: BatchState): boolean {
  return FINAL.includes(state);
}

/** How a batch ended. */
export interface BatchEnd {
  /** `killed` for one that the endpoint knows no more. */
  readonly state: BatchState;
  /** One clause from the log of a batch that failed; null after success, or where the log says nothing. */
  readonly reason: string | null;
}

export interface FollowOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onState: (state: BatchState) => void;
  /** New lines of the log; `gap` when some before them were not seen. */
  readonly onLines: (lines: readonly LogLine[], gap: boolean) => void;
}

/**
 * Tells the states and the log of a batch as they come, until it has ended. Rejects with HR_INTERRUPTED when the
 * signal is aborted; the batch goes on then.
 */
export async function followBatch(
  batches: BatchPort,
  id: number,
  { clock, signal, onState, onLines }: FollowOptions
): Promise<BatchEnd> {
  const window = new LogWindow();
  let waitMs = FIRST_MS;
  for (;;) {
    const batch = await batches.getBatch(id, signal);
    if (batch === null) return { state: 'killed', reason: 'it was deleted' };
    onState(batch.state);
    const { lines: log } = await batches.batchLog(id, -1, WHOLE_LOG, signal);
    const { lines, gap } = window.take(log);
    if (lines.length > 0) onLines(lines.map(logLine), gap);
    if (hasBatchEnded(batch.state))
      return { state: batch.state, reason: batch.state === 'success' ? null : endReason(log) };
    await clock.sleep(waitMs, signal);
    waitMs = Math.min(LONGEST_MS, waitMs * GROWTH);
  }
}
