import type { Column, ViewSpec } from '../view.ts';
import { numberOf, textOf, type Row } from './cells.ts';
import { formatCell, formatShort } from './format.ts';
import type { ChartRow } from './input.ts';

/** Name of the data set of every specification; a running view is fed through it. */
export const ROWS_DATASET = 'rows';
/** Field that tells which row of the frame a mark stands for. */
export const SLOT_FIELD = 'slot';
/** More columns than this cannot be read in the width of a notebook. */
export const MAX_TABLE_COLUMNS = 8;
/** Characters of a figure for which there is room behind a bar. */
const FULL_TEXT = 10;

/** Field of the nth column or series as text or as its own value, and as the length of a bar. */
export const textField = (index: number): string => `t${index}`;
export const valueField = (index: number): string => `v${index}`;

/** Columns that the picture of a table has room for. */
export function tableColumns(view: ViewSpec): readonly Column[] {
  return view.columns.slice(0, MAX_TABLE_COLUMNS);
}

/** A bar: its label, its length, where its figure stands, and all as one text. */
export function barRow(view: ViewSpec, row: Row, slot: number): ChartRow {
  const label = textOf(view, row, view.category);
  const text = textOf(view, row, view.values[0] ?? null);
  const value = numberOf(row, view.values[0]) ?? 0;
  return {
    slot,
    label: label === '' ? '(none)' : label,
    value,
    end: Math.max(0, value),
    text: text.length > FULL_TEXT && value !== 0 ? formatShort(value) : text,
    about: `${label}: ${text}`
  };
}

/** A row of a table: text of each column, and a length beside it for value columns. */
export function tableRow(view: ViewSpec, row: Row, slot: number): ChartRow {
  const cells: ChartRow = { slot };
  tableColumns(view).forEach(({ name, type }, index) => {
    cells[textField(index)] = formatCell(row[name] ?? null, type);
    if (view.values.includes(name)) cells[valueField(index)] = numberOf(row, name) ?? 0;
  });
  return cells;
}

/** A moment of a line chart: one value a series, null where there is none. */
export function lineRow(view: ViewSpec, row: Row): ChartRow {
  const point: ChartRow = { time: numberOf(row, view.category) };
  view.values.forEach((name, index) => (point[valueField(index)] = numberOf(row, name)));
  return point;
}
