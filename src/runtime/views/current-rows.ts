import type { Cell } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { MAX_KEYS } from './keyed-rows.ts';
import { RecentKeys } from './recent-keys.ts';
import { REPLAY_WINDOW } from './view-model.ts';

export interface CurrentRowsOptions {
  /** Whether rows replace earlier rows of their key. */
  readonly keyed: boolean;
  readonly maxKeys?: number;
}

/** What a view makes of the rows that count now. */
export interface RowReader<Part> {
  /** The part of a row that the view needs; it is kept for each key. */
  readonly read: (row: Readonly<Record<string, Cell>>) => Part;
  readonly add: (part: Part) => void;
  /** Takes back what was added. */
  readonly remove: (part: Part) => void;
}

/**
 * The rows that count now: of aggregated rows the newest of each key, of single rows each one, once. Above
 * `maxKeys` keys, new ones are not taken in.
 */
export class CurrentRows<Part> {
  readonly #reader: RowReader<Part>;
  readonly #maxKeys: number;
  readonly #seen: RecentKeys | null;
  readonly #byKey = new Map<string, { readonly part: Part }>();
  readonly #refused = new RecentKeys(REPLAY_WINDOW);
  #rows = 0;
  #dropped = 0;

  constructor(options: CurrentRowsOptions, reader: RowReader<Part>) {
    this.#reader = reader;
    this.#maxKeys = options.maxKeys ?? MAX_KEYS;
    this.#seen = options.keyed ? null : new RecentKeys(REPLAY_WINDOW);
  }

  /** Keys, or rows that are not aggregated. */
  get total(): number {
    return this.#seen === null ? this.#byKey.size : this.#rows;
  }

  /** Keys that were not taken in. */
  get dropped(): number {
    return this.#dropped;
  }

  apply(rows: readonly ResultRow[]): void {
    for (const { key, row } of rows) {
      if (this.#seen === null) this.#replace(key, row);
      else if (row !== null && this.#seen.add(key)) {
        this.#rows += 1;
        this.#reader.add(this.#reader.read(row));
      }
    }
  }

  #replace(key: string, row: ResultRow['row']): void {
    const previous = this.#byKey.get(key);
    if (previous !== undefined) this.#reader.remove(previous.part);
    if (row === null) this.#byKey.delete(key);
    else if (previous !== undefined || this.#byKey.size < this.#maxKeys) {
      const part = this.#reader.read(row);
      this.#byKey.set(key, { part });
      this.#reader.add(part);
    } else if (this.#refused.add(key)) this.#dropped += 1;
  }
}
