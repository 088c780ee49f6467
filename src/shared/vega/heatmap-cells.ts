import type { Cell, ViewSpec } from '../view.ts';
import { numberOf, textOf, typeOf, type Row } from './cells.ts';
import { formatClock, formatNumber, formatShort } from './format.ts';
import type { ChartRow } from './input.ts';
import type { ValueEnds } from './value-axis.ts';

const CHARACTER = 6.6;

/** A cell that is drawn: where it is and what it says. */
export interface HeatCell {
  readonly slot: number;
  readonly column: number;
  readonly line: number;
  readonly value: number;
}

/** The places of a heat map: what stands on its edges, in order. */
export interface HeatGrid {
  readonly across: readonly string[];
  readonly down: readonly string[];
  readonly cells: readonly HeatCell[];
}

/** The column behind the colour: the one that was named, or the first that counts. */
export function heatColumn({ values, columns, category, series }: ViewSpec): string | null {
  const named = columns.find(({ name }) => name === values[0]);
  const counted = columns.find(
    ({ name, type }) => type === 'number' && name !== category && name !== series
  );
  return (named ?? counted)?.name ?? null;
}

/** Puts rows on a grid; one without a value leaves its place empty. Times and numbers ascend; names keep the order of the rows. */
export function heatGrid(view: ViewSpec, rows: readonly Row[]): HeatGrid {
  const column = heatColumn(view);
  const across = places(view, rows, view.category);
  const down = places(view, rows, view.series);
  return {
    across: [...across.keys()],
    down: [...down.keys()],
    cells: rows.flatMap((row, slot) => {
      const value = numberOf(row, column);
      if (value === null) return [];
      return {
        slot,
        column: across.get(labelOf(view, row, view.category)) ?? 0,
        line: down.get(labelOf(view, row, view.series)) ?? 0,
        value
      };
    })
  };
}

/** Cells with their shade of `shades`, their text where it fits, and what is read aloud. */
export function cellRows(
  { across, down, cells }: HeatGrid,
  { low, top }: ValueEnds,
  shades: number,
  cellWidth: number
): ChartRow[] {
  const write = writing(cells, cellWidth);
  return cells.map(({ slot, column, line, value }) => {
    const shade = Math.floor(((value - low) / (top - low)) * shades);
    return {
      slot,
      column,
      line,
      value,
      shade: Math.min(shades - 1, Math.max(0, shade)),
      text: write(value),
      about: `${down[line] ?? ''}, ${across[column] ?? ''}: ${formatNumber(value)}`
    };
  });
}

/** Labels of an edge; every nth where not all fit. */
export function edgeRows(
  labels: readonly string[],
  field: 'column' | 'line',
  room: number
): ChartRow[] {
  const longest = Math.max(0, ...labels.map(label => label.length));
  const every = Math.max(1, Math.ceil((Math.min(longest, 12) * CHARACTER + 8) / room));
  return labels.map((label, index) => ({
    [field]: index,
    label: index % every === 0 ? label : '',
    whole: label
  }));
}

function places(view: ViewSpec, rows: readonly Row[], name: string | null): Map<string, number> {
  const seen = new Map<string, Cell>();
  for (const row of rows)
    seen.set(labelOf(view, row, name), name === null ? null : (row[name] ?? null));
  const entries = [...seen];
  if (typeOf(view, name) !== 'text') entries.sort((a, b) => Number(a[1]) - Number(b[1]));
  return new Map(entries.map(([label], index) => [label, index]));
}

/** Times of a heat map are those of one day, as a rule: the clock is enough. */
function labelOf(view: ViewSpec, row: Row, name: string | null): string {
  const value = name === null ? null : row[name];
  const isTime = typeOf(view, name) === 'time' && typeof value === 'number';
  const text = isTime ? formatClock(value) : textOf(view, row, name);
  return text === '' ? '(none)' : text;
}

/** In full, shortened, or not at all: the same for all cells, since a few numbers among many mislead. */
function writing(cells: readonly HeatCell[], width: number): (value: number) => string {
  const fits = (write: (value: number) => string): boolean =>
    cells.every(({ value }) => write(value).length * CHARACTER + 4 <= width);
  return [formatNumber, formatShort].find(fits) ?? (() => '');
}
