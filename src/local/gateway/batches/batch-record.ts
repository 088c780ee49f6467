import path from 'node:path';
import { z } from 'zod';
import { LinkedFolders, readWhole } from '../linked/folder.ts';
import { createBatchSchema } from './create-batch.ts';

const RECORD_FILE = 'batch.json';

/** What a gateway has to know of a batch that another gateway has created; the rest its process knows. */
const batchRecordSchema = z.object({
  version: z.literal(1),
  id: z.int().nonnegative(),
  request: createBatchSchema
});
export type BatchRecord = z.infer<typeof batchRecordSchema>;

/** Where batches are written down for the next gateway. Tests give one in memory. */
export interface BatchStore {
  /** A number that no batch of this store has had. Throws the error of the file system. */
  nextId(): number;
  /** Makes the folder of a batch with its record, or leaves nothing and throws the error of the file system. */
  create(record: BatchRecord): string;
  /** Batches that were not removed, in order. */
  all(): readonly { readonly record: BatchRecord; readonly folder: string }[];
  /** Removes the folder with all that is in it. */
  remove(id: number): void;
}

/** One folder a batch below a parent folder. */
export class BatchFolders implements BatchStore {
  readonly #folders: LinkedFolders;

  constructor(parent: string) {
    this.#folders = new LinkedFolders(parent, 'batch');
  }

  nextId(): number {
    return this.#folders.nextId();
  }

  create(record: BatchRecord): string {
    return this.#folders.create(record.id, RECORD_FILE, record);
  }

  /** A folder whose record cannot be read is of no use to anybody and is removed. */
  all(): { record: BatchRecord; folder: string }[] {
    return this.#folders.ids().flatMap(id => {
      const folder = this.#folders.path(id);
      const record = readWhole(path.join(folder, RECORD_FILE), batchRecordSchema);
      if (record?.id === id) return [{ record, folder }];
      this.remove(id);
      return [];
    });
  }

  remove(id: number): void {
    this.#folders.remove(id);
  }
}
