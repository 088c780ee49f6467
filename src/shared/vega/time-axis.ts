import { numberOf } from './cells.ts';
import type { ChartRow, PictureInput } from './input.ts';

const LABEL_ROOM = 112;
/** A gap whose word would not fit has none. */
const WORD_ROOM = 48;
export const GAPS_DATASET = 'gaps';

/** The time scale of a picture: it follows the signals `from` and `to`, so that no row is searched for it. */
export const TIME_SCALE = { domain: { expr: '[from, to]' }, nice: false } as const;

/** Axis of wall-clock time, for a plot of this width in pixels. */
export function timeAxis(width: number): Record<string, unknown> {
  return {
    title: null,
    grid: false,
    labelExpr:
      "from === 0 ? '' : to - from < 8000 ? timeFormat(datum.value, '%H:%M:%S.%L') : to - from > 3600000 ? timeFormat(datum.value, '%H:%M') : timeFormat(datum.value, '%H:%M:%S')",
    labelFlush: true,
    labelOverlap: true,
    labelPadding: 4,
    tickCount: Math.max(2, Math.floor(width / LABEL_ROOM))
  };
}

/** The ends of the time axis: the span that is wanted, or what the rows cover. */
export function timeEnds(
  { rows, span }: PictureInput,
  timeColumn: string | null
): { readonly from: number; readonly to: number } {
  if (span) return { from: span.from, to: Math.max(span.to, span.from + 1) };
  const times = rows.map(row => numberOf(row, timeColumn)).filter(time => time !== null);
  const from = times[0] ?? 0;
  return { from, to: Math.max(times.at(-1) ?? 0, from + 1) };
}

/** Gaps as far as the axis shows them, with a word where it fits. */
export function gapRows(
  gaps: PictureInput['gaps'],
  { from, to }: { readonly from: number; readonly to: number },
  width: number
): ChartRow[] {
  return (gaps ?? [])
    .filter(gap => gap.to > from && gap.from < to)
    .map(gap => {
      const [start, end] = [Math.max(gap.from, from), Math.min(gap.to, to)];
      const pixels = ((end - start) / (to - from)) * width;
      return { start, end, word: pixels < WORD_ROOM ? '' : 'away' };
    });
}

/** Layers of the gaps: a shaded band with a broken edge, and the word. */
export function gapLayers(
  x: Readonly<Record<string, unknown>>,
  rows: readonly ChartRow[],
  colors: { readonly band: string; readonly edge: string }
): Record<string, unknown>[] {
  const data = { name: GAPS_DATASET, values: rows, format: { parse: null } };
  const start = { ...x, field: 'start' };
  return [
    {
      data,
      mark: {
        type: 'rect',
        color: colors.band,
        stroke: colors.edge,
        strokeDash: [3, 3],
        clip: true,
        aria: false,
        invalid: null
      },
      encoding: { x: start, x2: { field: 'end' } }
    },
    {
      data: { name: GAPS_DATASET },
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'top',
        dx: 4,
        dy: 4,
        color: colors.edge,
        invalid: null
      },
      encoding: { x: start, y: { value: 0 }, text: { field: 'word' } }
    }
  ];
}
