import { followBatch, type BatchEnd } from '../../runtime/batches/follow-batch.ts';
import type { BatchPort } from '../../runtime/livy/batch-port.ts';
import { HeadraceError, toHeadraceError, type ErrorCode } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { formatDuration } from '../output/format.ts';
import { withProgress } from '../output/progress.ts';
import { withinLimit, type Limited } from '../output/within-limit.ts';
import { BatchOutput } from './batch-output.ts';

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
      const end = await withinLimit(limited(batch, batches), context, signal =>
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

/** What an interrupt and the limit of time do to a batch. */
function limited({ id, detach, timeoutMs }: FollowedBatch, batches: BatchPort): Limited {
  return {
    detach,
    timeoutMs,
    end: signal => batches.deleteBatch(id, signal),
    goesOn: `the batch ${id} goes on, see %batch follow ${id}`,
    wasEnded: `the batch ${id} was ended`,
    tooLate: limit => tooLate(id, limit)
  };
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
