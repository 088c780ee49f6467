import type { ViewSpec } from '../view.ts';
import type { ChartRow } from './input.ts';
import { DASHES, type VegaTheme } from './theme.ts';

/** Name of the data set of the key. */
export const KEYS_DATASET = 'keys';
export const KEY_ROW_HEIGHT = 20;
/** More series than this do not fit into one row of the key. */
const ONE_ROW = 4;
const SYMBOL_WIDTH = 24;
const GAP = 16;
const CHARACTER = 6.8;
const MAX_TEXT = 152;
const MIN_TEXT = 24;

/** Rows that the key of a view takes, whatever the series are called; 0 without a key. */
export function keyRowsOf({ values, series }: ViewSpec): number {
  if (values.length <= 1 && series === null) return 0;
  return values.length > ONE_ROW ? 2 : 1;
}

/** What the series of a view are called, by slot; null for a slot that is not used. */
export function seriesNames(
  { values, series }: ViewSpec,
  labels: Readonly<Record<string, string>>
): (string | null)[] {
  return values.map(name => labels[name] ?? (series === null ? name : null));
}

/**
 * The key of a line chart, laid out for this width: entries flow over the rows that are there, and names
 * are cut when they are too long for that. It is data, so that a new series needs no new picture.
 */
export function keyRows(
  names: readonly (string | null)[],
  rows: number,
  width: number,
  theme: VegaTheme
): ChartRow[] {
  const used = names.flatMap((name, slot) => (name === null ? [] : [{ name, slot }]));
  for (let most = MAX_TEXT; most >= MIN_TEXT; most -= 8) {
    const places = flow(used, width, most);
    const lines = (places.at(-1)?.line ?? 0) + 1;
    if (lines <= rows || most - 8 < MIN_TEXT)
      return places.map(place => entry(place, lines, theme));
  }
  return [];
}

interface Place {
  readonly name: string;
  readonly slot: number;
  readonly left: number;
  readonly line: number;
}

function flow(
  used: readonly { readonly name: string; readonly slot: number }[],
  width: number,
  most: number
): Place[] {
  const kept = Math.floor(most / CHARACTER);
  let [left, line] = [0, 0];
  return used.map(({ name, slot }) => {
    const text = name.length > kept ? `${name.slice(0, Math.max(1, kept - 1))}…` : name;
    const taken = SYMBOL_WIDTH + 8 + text.length * CHARACTER;
    if (left > 0 && left + taken > width) [left, line] = [0, line + 1];
    const place = { name: text, slot, left, line };
    left += taken + GAP;
    return place;
  });
}

function entry({ name, slot, left, line }: Place, lines: number, theme: VegaTheme): ChartRow {
  return {
    name,
    left,
    right: left + SYMBOL_WIDTH,
    words: left + SYMBOL_WIDTH + 8,
    height: -8 - KEY_ROW_HEIGHT * (lines - line - 0.5),
    color: theme.series[slot % theme.series.length] ?? theme.mark,
    dash: DASHES[slot % DASHES.length] ?? [1, 0]
  };
}

/** Layers of the key; empty rows draw nothing. */
export function keyLayers(rows: readonly ChartRow[]): Record<string, unknown>[] {
  const at = (field: string): Record<string, unknown> => ({
    field,
    type: 'quantitative',
    stack: null,
    axis: null,
    scale: null
  });
  const own = (field: string): Record<string, unknown> => ({
    field,
    type: 'nominal',
    scale: null,
    legend: null
  });
  return [
    {
      data: { name: KEYS_DATASET, values: rows, format: { parse: null } },
      mark: { type: 'rule', strokeWidth: 2, aria: false, invalid: null },
      encoding: {
        x: at('left'),
        x2: { field: 'right' },
        y: at('height'),
        stroke: own('color'),
        strokeDash: own('dash')
      }
    },
    {
      data: { name: KEYS_DATASET },
      mark: { type: 'text', align: 'left', aria: false, invalid: null },
      encoding: { x: at('words'), y: at('height'), text: { field: 'name' } }
    }
  ];
}
