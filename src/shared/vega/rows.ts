import type { Cell, Column, ViewSpec } from '../view.ts';
import { formatCell } from './format.ts';

/** Name of the data set of every specification; a running view is fed through it. */
export const ROWS_DATASET = 'rows';
/** More columns than this cannot be read in the width of a notebook. */
export const MAX_TABLE_COLUMNS = 8;

/**
 * One row as a specification reads it. Field names are positions, because Vega-Lite gives dots and
 * brackets in a field name a meaning and SQL columns may contain both.
 */
export type ChartRow = Record<string, string | number | null>;

/** Field of the nth column or series as text or as its own value, and as the length of a bar. */
export const textField = (index: number): string => `t${index}`;
export const valueField = (index: number): string => `v${index}`;

/** Rows of a frame for the specification of the same view; always fresh objects, as Vega demands. */
export function chartRows(
  view: ViewSpec,
  rows: readonly Readonly<Record<string, Cell>>[]
): ChartRow[] {
  const kept = rows.slice(0, view.limit);
  if (view.kind === 'bars') return kept.map((row, slot) => barRow(view, row, slot));
  if (view.kind === 'table') return kept.map((row, slot) => tableRow(view, row, slot));
  return kept.map(row => lineRow(view, row));
}

/** Columns that the picture of a table has room for. */
export function tableColumns(view: ViewSpec): readonly Column[] {
  return view.columns.slice(0, MAX_TABLE_COLUMNS);
}

function barRow(view: ViewSpec, row: Readonly<Record<string, Cell>>, slot: number): ChartRow {
  const label = textOf(view, row, view.category);
  const text = textOf(view, row, view.values[0] ?? null);
  return {
    slot,
    label: label === '' ? '(none)' : label,
    value: numberOf(row, view.values[0]) ?? 0,
    text,
    about: `${label}: ${text}`
  };
}

function tableRow(view: ViewSpec, row: Readonly<Record<string, Cell>>, slot: number): ChartRow {
  const cells: ChartRow = { slot };
  tableColumns(view).forEach((column, index) => {
    cells[textField(index)] = formatCell(row[column.name] ?? null, column.type);
    if (view.values.includes(column.name))
      cells[valueField(index)] = numberOf(row, column.name) ?? 0;
  });
  return cells;
}

function lineRow(view: ViewSpec, row: Readonly<Record<string, Cell>>): ChartRow {
  const point: ChartRow = { time: numberOf(row, view.category ?? undefined) };
  view.values.forEach((name, index) => (point[valueField(index)] = numberOf(row, name)));
  return point;
}

function textOf(view: ViewSpec, row: Readonly<Record<string, Cell>>, name: string | null): string {
  if (name === null) return '';
  const type = view.columns.find(column => column.name === name)?.type ?? 'text';
  return formatCell(row[name] ?? null, type);
}

function numberOf(row: Readonly<Record<string, Cell>>, name: string | undefined): number | null {
  const value = name === undefined ? null : row[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
