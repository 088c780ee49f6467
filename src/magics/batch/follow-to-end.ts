import { followBatch, type BatchEnd } from '../../runtime/batches/follow-batch.ts';
import type { BatchPort } from '../../runtime/livy/batch-port.ts';
import {
  HeadraceError,
  interrupted,
  toHeadraceError,
  type ErrorCode
} from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { formatDuration } from '../output/format.ts';
import { withProgress } from '../output/progress.ts';
import { BatchOutput } from './batch-output.ts';

/** An interrupt waits this long for the end of its batch, milliseconds. */
const DELETE_LIMIT_MS = 10_000;

/** How a cell ends that did not see success. */
const ENDINGS: Partial<Record<ErrorCode, string>> = {
  HR_BATCH_FAILED: 'failed',
  HR_TIMEOUT: 'ended',
  HR_INTERRUPTED: 'interrupted'
};

export interface FollowedBatch {
  readonly id: number;
  /** Name of its file, or its own name. */
  readonly label: string;
  /** An interrupt of the cell leaves it running. */
  readonly detach: boolean;
  /** It is ended after this time, milliseconds. */
  readonly timeoutMs: number | null;
}

/**
 * Shows state and log of a batch until its end.
 *
 * @throws HR_BATCH_FAILED with the reason from its log, HR_TIMEOUT, HR_INTERRUPTED
 */
export async function followToEnd(batch: FollowedBatch, context: CellContext): Promise<void> {
  const { id, label } = batch;
  const batches = await context.runtime.batches();
  const output = new BatchOutput(context.display);
  await withProgress(context, {
    title: `Batch ${id}, ${label}`,
    work: async onProgress => {
      const end = await withLimits(batch, batches, context, signal =>
        followBatch(batches, id, {
          clock: context.clock,
          signal,
          onState: state => onProgress({ label: state, fraction: null }),
          onLines: (lines, gap) => output.add(lines, gap)
        })
      ).finally(() => output.end(id));
      if (end.state !== 'success') throw failed(batch, end);
    },
    summary: (_end, elapsed) => `Batch ${id}, ${label}: success after ${elapsed}.`,
    failure: (error, elapsed) => {
      const ending = ENDINGS[toHeadraceError(error).code] ?? 'out of sight';
      return `Batch ${id}, ${label}: ${ending} after ${elapsed}.`;
    }
  });
}

/** Follows under the limit of time; what the limit or an interrupt ends is deleted, unless it is to go on. */
async function withLimits(
  { id, detach, timeoutMs }: FollowedBatch,
  batches: BatchPort,
  { clock, signal }: CellContext,
  follow: (signal: AbortSignal) => Promise<BatchEnd>
): Promise<BatchEnd> {
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
    if (signal.aborted && detach)
      throw interrupted(`the batch ${id} goes on, see %batch follow ${id}`);
    if (!signal.aborted && !late.signal.aborted) throw error;
    await batches.deleteBatch(id, AbortSignal.timeout(DELETE_LIMIT_MS));
    throw signal.aborted ? interrupted(`the batch ${id} was ended`) : tooLate(id, timeoutMs ?? 0);
  } finally {
    done.abort();
  }
}

function failed({ id, label }: FollowedBatch, { state, reason }: BatchEnd): HeadraceError {
  return new HeadraceError('HR_BATCH_FAILED', `The batch ${id}, ${label}, failed`, {
    why: reason ?? `its state is ${state} and its log says nothing`,
    next: `%batch log ${id} shows its whole log.`
  });
}

function tooLate(id: number, timeoutMs: number): HeadraceError {
  const limit = formatDuration(timeoutMs);
  return new HeadraceError('HR_TIMEOUT', `The batch ${id} was ended after ${limit}`, {
    why: 'it had not finished by then',
    next: 'Give it a longer --timeout, or --background to let it run.'
  });
}
