import type { Cell, Column } from '../../shared/view.ts';
import { TIME_COLUMN } from '../../shared/names.ts';
import type { ConsumedRecord } from '../kafka/port.ts';
import type { ResultRow } from './port.ts';

/** Newest rows kept for listeners that come later: as many keys as a view holds. */
const MAX_RETAINED = 50_000;

function toCell(type: Column['type'], value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (type !== 'text') return typeof value === 'number' ? value : null;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? value
    : JSON.stringify(value);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** A record of the results topic as a row; null where it is none. */
export function toResultRow(
  columns: readonly Column[],
  record: ConsumedRecord,
  receivedAt: number
): ResultRow | null {
  const key = record.key ?? `${record.partition}-${record.offset}`;
  if (record.value === null) return { key, row: null, eventTime: null, receivedAt };
  const values = parseObject(record.value);
  if (values === null) return null;
  const cells = columns.map(({ name, type }) => [name, toCell(type, values[name])] as const);
  const time = values[TIME_COLUMN];
  const eventTime = typeof time === 'number' ? time : null;
  return { key, row: Object.fromEntries(cells), eventTime, receivedAt };
}

/** The newest row of each key in the order of their last change, as far as memory allows. */
export class RetainedRows {
  readonly #capacity: number;
  readonly #rows = new Map<string, ResultRow>();

  constructor(capacity = MAX_RETAINED) {
    this.#capacity = capacity;
  }

  add(rows: readonly ResultRow[]): void {
    for (const row of rows) {
      this.#rows.delete(row.key);
      if (row.row !== null) this.#rows.set(row.key, row);
    }
    const surplus = this.#rows.size - this.#capacity;
    if (surplus <= 0) return;
    const keys = this.#rows.keys();
    for (let index = 0; index < surplus; index++) this.#rows.delete(keys.next().value ?? '');
  }

  all(): readonly ResultRow[] {
    return [...this.#rows.values()];
  }
}
