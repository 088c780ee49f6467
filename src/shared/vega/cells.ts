import type { Cell, Column, ViewSpec } from '../view.ts';
import { formatCell } from './format.ts';

export type Row = Readonly<Record<string, Cell>>;

/** Type of a column; text where the view does not know it. */
export function typeOf(view: ViewSpec, name: string | null): Column['type'] {
  return view.columns.find(column => column.name === name)?.type ?? 'text';
}

/** Text of a cell; empty for none. */
export function textOf(view: ViewSpec, row: Row, name: string | null): string {
  return name === null ? '' : formatCell(row[name] ?? null, typeOf(view, name));
}

/** A finite number, or null. */
export function numberOf(row: Row, name: string | null | undefined): number | null {
  const value = name === null || name === undefined ? null : row[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
