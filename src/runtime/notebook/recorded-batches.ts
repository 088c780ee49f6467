import path from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import type { BatchPort } from '../livy/batch-port.ts';

/** Batches that keep the ledger true: a submitted batch is on record until it is deleted. */
export function recordBatches(batches: BatchPort, ledger: Ledger, now: () => number): BatchPort {
  return {
    async submitBatch(request, signal) {
      const batch = await batches.submitBatch(request, signal);
      const entry = { id: batch.id, file: path.basename(request.file), startedAt: now() };
      await ledger.update(record => ({
        ...record,
        batches: [...record.batches.filter(each => each.id !== batch.id), entry]
      }));
      return batch;
    },
    async deleteBatch(id, signal) {
      await batches.deleteBatch(id, signal);
      await ledger.update(record => ({
        ...record,
        batches: record.batches.filter(batch => batch.id !== id)
      }));
    },
    getBatch: (id, signal) => batches.getBatch(id, signal),
    listBatches: signal => batches.listBatches(signal),
    batchLog: (id, from, size, signal) => batches.batchLog(id, from, size, signal)
  };
}
