import { z } from 'zod';
import { RecordFolders, type RecordStore } from '../linked/record-store.ts';
import { createBatchSchema } from './create-batch.ts';

const batchRecordSchema = z.object({
  version: z.literal(1),
  id: z.int().nonnegative(),
  request: createBatchSchema
});
/** What the next gateway has to know of a batch. */
export type BatchRecord = z.infer<typeof batchRecordSchema>;

export type BatchStore = RecordStore<BatchRecord>;

/** Records of batches on disk, one folder a batch below the parent. */
export function batchFolders(parent: string): BatchStore {
  return new RecordFolders(parent, 'batch', batchRecordSchema);
}
