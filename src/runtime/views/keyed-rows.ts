import type { Cell } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { topN, type Order } from './top-n.ts';
import { laterOf, toNumber } from './view-model.ts';

/** Keys kept by default: far above what a view shows, far below what a kernel can hold. */
export const MAX_KEYS = 50_000;
/** Keys above the limit before the smallest are let go, so that sorting them is rare. */
const SLACK = 1.1;

/** The newest row of one key. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Readonly<Record<string, Cell>>;
  readonly value: number;
}

/** Largest value first; equal values in the order of their keys, so that bars do not swap places. */
const byValue: Order<KeyedRow> = (left, right) =>
  right.value - left.value || (left.key < right.key ? -1 : 1);

/**
 * The newest row of each key, with a running sum of one column. Above `maxKeys` the keys with the
 * smallest values are let go: while values grow, as counts do, the largest stay exact.
 */
export class KeyedRows {
  readonly #valueColumn: string | undefined;
  readonly #maxKeys: number;
  #rows = new Map<string, KeyedRow>();
  #sum = 0;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(valueColumn: string | undefined, maxKeys = MAX_KEYS) {
    this.#valueColumn = valueColumn;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Null once keys were let go, because the sum over all is not known then. */
  get sum(): number | null {
    return this.#dropped === 0 && this.#valueColumn !== undefined ? this.#sum : null;
  }

  /** Keys that were let go. */
  get dropped(): number {
    return this.#dropped;
  }

  get eventTimeMax(): number | null {
    return this.#eventTimeMax;
  }

  apply(rows: readonly ResultRow[]): void {
    for (const { key, row, eventTime } of rows) {
      this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
      if (row === null) this.#remove(key);
      else this.#set(key, row);
    }
    if (this.#rows.size > this.#maxKeys * SLACK) this.#prune();
  }

  /** The first `limit` rows: largest value first. */
  top(limit: number): KeyedRow[] {
    return topN(this.#rows.values(), limit, byValue);
  }

  #set(key: string, row: Readonly<Record<string, Cell>>): void {
    const value = this.#valueColumn === undefined ? 0 : toNumber(row[this.#valueColumn]);
    this.#sum += value - (this.#rows.get(key)?.value ?? 0);
    this.#rows.set(key, { key, row, value });
  }

  #remove(key: string): void {
    this.#sum -= this.#rows.get(key)?.value ?? 0;
    this.#rows.delete(key);
  }

  #prune(): void {
    const sorted = [...this.#rows.values()].sort(byValue);
    this.#dropped += sorted.length - this.#maxKeys;
    this.#rows = new Map(sorted.slice(0, this.#maxKeys).map(row => [row.key, row]));
  }
}
