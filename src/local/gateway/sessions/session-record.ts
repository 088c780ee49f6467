import path from 'node:path';
import { z } from 'zod';
import { createRequestSchema } from './create-request.ts';
import { LinkedFolders, readWhole, writeWhole } from '../linked/folder.ts';

const RECORD_FILE = 'session.json';

/** What a gateway has to know of a session that another gateway has created; the rest its driver knows. */
export const sessionRecordSchema = z.object({
  version: z.literal(1),
  id: z.int().nonnegative(),
  request: createRequestSchema,
  /** Who created it, where the server knows. */
  owner: z.string().nullable(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  /** Last call that Livy counts as activity, epoch milliseconds. */
  lastActivity: z.number()
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

/** Where sessions are written down for the next gateway. Tests give one in memory. */
export interface SessionStore {
  /** A number that no session of this store has had. Throws the error of the file system. */
  nextId(): number;
  /** Makes the folder of a session with its record, or leaves nothing and throws the error of the file system. */
  create(record: SessionRecord): string;
  /** Writes a record again. What cannot be written is lost: only the time of the last activity changes. */
  update(record: SessionRecord): void;
  /** Folder of a session that was created. */
  folder(id: number): string;
  /** Sessions that were not removed, in order. */
  all(): readonly { readonly record: SessionRecord; readonly folder: string }[];
  /** Removes the folder with all that is in it. */
  remove(id: number): void;
}

/** One folder a session below a parent folder. */
export class SessionFolders implements SessionStore {
  readonly #folders: LinkedFolders;

  constructor(parent: string) {
    this.#folders = new LinkedFolders(parent, 'session');
  }

  nextId(): number {
    return this.#folders.nextId();
  }

  create(record: SessionRecord): string {
    return this.#folders.create(record.id, RECORD_FILE, record);
  }

  update(record: SessionRecord): void {
    try {
      writeWhole(path.join(this.#folders.path(record.id), RECORD_FILE), record);
    } catch {
      return;
    }
  }

  folder(id: number): string {
    return this.#folders.path(id);
  }

  /** A folder whose record cannot be read is of no use to anybody and is removed. */
  all(): { record: SessionRecord; folder: string }[] {
    return this.#folders.ids().flatMap(id => {
      const folder = this.#folders.path(id);
      const record = readWhole(path.join(folder, RECORD_FILE), sessionRecordSchema);
      if (record?.id === id) return [{ record, folder }];
      this.remove(id);
      return [];
    });
  }

  remove(id: number): void {
    this.#folders.remove(id);
  }
}
