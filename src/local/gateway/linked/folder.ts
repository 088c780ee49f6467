import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readWholeSync, writeWholeSync } from '../../whole-file.ts';

const NEXT_ID_FILE = 'next-id.json';

/**
 * The folders of held processes of one sort, a folder a number: `PARENT/session-7`. Each is for this
 * user only (0700), and no number is given twice as long as the parent folder stays. All calls are
 * synchronous: the files are small, and a request that was answered has to be on the disk.
 */
export class LinkedFolders {
  readonly #parent: string;
  readonly #sort: string;

  /** `sort` is the first part of the names: `session`, `batch`. */
  constructor(parent: string, sort: string) {
    this.#parent = parent;
    this.#sort = sort;
  }

  path(id: number): string {
    return path.join(this.#parent, `${this.#sort}-${id}`);
  }

  /** A number that was never given before. Throws the error of the file system. */
  nextId(): number {
    const file = path.join(this.#parent, `${this.#sort}-${NEXT_ID_FILE}`);
    const next = readWholeSync(file, z.int().nonnegative()) ?? 0;
    const id = Math.max(next, ...this.ids().map(used => used + 1));
    mkdirSync(this.#parent, { recursive: true, mode: 0o700 });
    writeWholeSync(file, id + 1);
    return id;
  }

  /** Numbers whose folders exist, in order. */
  ids(): number[] {
    const name = new RegExp(`^${this.#sort}-(\\d+)$`);
    return listed(this.#parent)
      .flatMap(entry => name.exec(entry)?.[1] ?? [])
      .map(Number)
      .sort((one, other) => one - other);
  }

  /** Makes the folder with its record, or leaves nothing and throws the error of the file system. */
  create(id: number, file: string, record: unknown): string {
    const folder = this.path(id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeWholeSync(path.join(folder, file), record);
    } catch (error) {
      this.remove(id);
      throw error;
    }
    return folder;
  }

  /** A folder that is gone already is no error, nor is one that something still writes to. */
  remove(id: number): void {
    try {
      rmSync(this.path(id), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      return;
    }
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
