import path from 'node:path';
import type { z } from 'zod';
import { readWholeSync, writeWholeSync } from '../../whole-file.ts';
import { LinkedFolders } from './folder.ts';

/** What a gateway has to know of something that another gateway has started; the rest its process knows. */
interface Numbered {
  readonly id: number;
}

/** Where held processes of one sort are written down for the next gateway. Tests give one in memory. */
export interface RecordStore<Kept extends Numbered> {
  /** A number that was never given before. Throws the error of the file system. */
  nextId(): number;
  /** Makes the folder with its record, or leaves nothing and throws the error of the file system. */
  create(record: Kept): string;
  /** Writes a record again. What cannot be written is lost. */
  update(record: Kept): void;
  /** The folder of one that was created. */
  folder(id: number): string;
  /** Those that were not removed, in order. */
  all(): readonly { readonly record: Kept; readonly folder: string }[];
  /** Removes the folder with all that is in it. */
  remove(id: number): void;
}

/** One folder each below a parent folder: `PARENT/session-7/session.json`. */
export class RecordFolders<Kept extends Numbered> implements RecordStore<Kept> {
  readonly #folders: LinkedFolders;
  readonly #file: string;
  readonly #schema: z.ZodType<Kept>;

  /** `sort` is the first part of the folders' names, and the name of the file. */
  constructor(parent: string, sort: string, schema: z.ZodType<Kept>) {
    this.#folders = new LinkedFolders(parent, sort);
    this.#file = `${sort}.json`;
    this.#schema = schema;
  }

  nextId(): number {
    return this.#folders.nextId();
  }

  create(record: Kept): string {
    return this.#folders.create(record.id, this.#file, record);
  }

  update(record: Kept): void {
    try {
      writeWholeSync(path.join(this.folder(record.id), this.#file), record);
    } catch {
      return;
    }
  }

  folder(id: number): string {
    return this.#folders.path(id);
  }

  /** A folder whose record cannot be read is of no use to anybody and is removed. */
  all(): { record: Kept; folder: string }[] {
    return this.#folders.ids().flatMap(id => {
      const folder = this.folder(id);
      const record = readWholeSync(path.join(folder, this.#file), this.#schema);
      if (record?.id === id) return [{ record, folder }];
      this.remove(id);
      return [];
    });
  }

  remove(id: number): void {
    this.#folders.remove(id);
  }
}
