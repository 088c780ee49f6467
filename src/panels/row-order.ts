import type { Cell } from '../shared/view.ts';

export type Row = Readonly<Record<string, Cell>>;

/** By which column rows stand, as a person has chosen. */
export interface RowOrder {
  readonly column: string;
  readonly descending: boolean;
}

/**
 * The order after one more press on the head of a column: the direction that is asked for most, the other
 * one, and then that of the frame again (null).
 */
export function nextOrder(
  order: RowOrder | null,
  column: string,
  type: 'text' | 'number' | 'time'
): RowOrder | null {
  const first = type !== 'text';
  if (order?.column !== column) return { column, descending: first };
  return order.descending === first ? { column, descending: !first } : null;
}

/** Places of the rows in that order; equal ones stay as they came, empty cells are last. */
export function orderedPlaces(rows: readonly Row[], order: RowOrder | null): number[] {
  const places = rows.map((_, place) => place);
  if (order === null) return places;
  const { column, descending } = order;
  const sign = descending ? -1 : 1;
  return places.sort((left, right) => {
    const a = rows[left]?.[column] ?? null;
    const b = rows[right]?.[column] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compareCells(a, b);
  });
}

function compareCells(a: NonNullable<Cell>, b: NonNullable<Cell>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
