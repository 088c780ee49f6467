import type { Column } from '../../shared/view.ts';
import { isCell, toCell } from './compare.ts';
import type { Origin } from './sql-origins.ts';
import type { Wanted } from './wanted.ts';

/** What Java, and so the word count in Spark, calls white space. */
const SPACE = /[ \t\n\v\f\r]+/;

/** What a record must have in one of its columns. */
export interface Condition {
  /** Column of the source, as the query writes it. */
  readonly column: string;
  holds(value: unknown): boolean;
}

/** The condition on records for a column of the result; null where its origin cannot be compared. */
export function conditionOf(
  wanted: Wanted,
  origin: Origin,
  type: Column['type']
): Condition | null {
  if (origin.kind === 'other') return null;
  if (origin.kind === 'word') return hasWord(wanted);
  if (origin.kind === 'window') return inWindow(wanted, origin);
  const { column } = origin;
  if (wanted.kind === 'cell') return { column, holds: value => isCell(value, type, wanted.cell) };
  return { column, holds: value => isBetween(toCell(value, type), wanted.from, wanted.to) };
}

function inWindow(wanted: Wanted, origin: Origin & { readonly kind: 'window' }): Condition | null {
  if (wanted.kind === 'range' || typeof wanted.cell !== 'number') return null;
  const start = origin.bound === 'start' ? wanted.cell : wanted.cell - origin.lengthMs;
  const end = start + origin.lengthMs;
  return { column: origin.column, holds: value => isBetween(toCell(value, 'time'), start, end) };
}

function hasWord(wanted: Wanted): Condition | null {
  if (wanted.kind === 'range' || typeof wanted.cell !== 'string') return null;
  const { cell } = wanted;
  const holds = (value: unknown) => typeof value === 'string' && value.split(SPACE).includes(cell);
  return { column: 'value', holds };
}

function isBetween(cell: unknown, from: number, to: number): boolean {
  return typeof cell === 'number' && cell >= from && cell < to;
}
