import type { ViewSpec } from '../view.ts';
import { VALUE_SCALE } from './axes.ts';
import type { Canvas, SpecBody } from './body.ts';
import { numberOf } from './cells.ts';
import { formatClock, formatNumber, formatShort } from './format.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import { ROWS_DATASET } from './rows.ts';
import { TIME_SCALE, timeEnds } from './time-axis.ts';
import { valueEnds } from './value-axis.ts';

const EDGE = 8;
const FIGURE_HEIGHT = 80;
const SPARK_HEIGHT = 56;
const BOTTOM = 8;
const MINUTE_MS = 60_000;
/** Digits that are set in full; more are cut to a unit. */
const FULL_DIGITS = 12;

/** Pixels beside the course. */
export const NUMBER_PADDING = { left: EDGE, right: EDGE } as const;

interface Point {
  readonly time: number;
  readonly value: number;
}

/** The figure, its change, and the course behind it. */
export function numberData(
  _view: ViewSpec,
  input: PictureInput,
  _room: unknown,
  before: Before
): ChartData {
  const points = input.rows
    .map(row => ({ time: numberOf(row, 'time'), value: numberOf(row, 'value') }))
    .filter((point): point is Point => point.time !== null && point.value !== null);
  const last = points.at(-1);
  return {
    sets: { [ROWS_DATASET]: points.map(point => ({ ...point })) },
    signals: {
      ...timeEnds(input, 'time'),
      ...valueEnds(
        points.map(point => point.value),
        before
      ),
      figure: last === undefined ? '–' : figureText(last.value),
      change: last === undefined ? '' : changeText(last, points)
    }
  };
}

/** One large figure with its change against a minute ago, over the course of the last minutes. */
export function numberSpec(view: ViewSpec, { theme, width }: Canvas): SpecBody {
  const x = { field: 'time', type: 'temporal', axis: null, scale: TIME_SCALE };
  const order = { value: null };
  const y = { field: 'value', type: 'quantitative', stack: null, axis: null, scale: VALUE_SCALE };
  const text = (size: number, color: string, of: string): Record<string, unknown> => ({
    type: 'text',
    align: 'left',
    baseline: 'alphabetic',
    fontSize: size,
    color,
    text: { expr: of }
  });
  return {
    padding: { left: EDGE, top: FIGURE_HEIGHT, right: EDGE, bottom: BOTTOM },
    width: Math.max(120, width - 2 * EDGE),
    height: SPARK_HEIGHT,
    layer: [
      {
        mark: { type: 'area', color: theme.mark, fillOpacity: 0.16, clip: true, aria: false },
        encoding: { x, y, order }
      },
      {
        mark: { type: 'line', color: theme.mark, clip: true, aria: false },
        encoding: { x, y, order }
      },
      {
        data: { name: 'figure-place', values: [{}] },
        mark: { ...text(40, theme.text, 'figure'), fontWeight: 600 },
        encoding: {
          x: { value: 0 },
          y: { value: -36 },
          description: { value: { expr: `${JSON.stringify(`${view.title}: `)} + figure` } }
        }
      },
      {
        data: { name: 'change-place', values: [{}] },
        mark: { ...text(12, theme.mutedText, 'change'), aria: false },
        encoding: { x: { value: 0 }, y: { value: -12 } }
      }
    ]
  };
}

/** Pixels that the picture takes. */
export function numberHeight(): number {
  return FIGURE_HEIGHT + SPARK_HEIGHT + BOTTOM;
}

function figureText(value: number): string {
  const full = formatNumber(value);
  return full.length <= FULL_DIGITS + 3 ? full : formatShort(value);
}

/** `▲ 1,204 (+12 %) in 1 min`: against the newest point that is a minute old, or the oldest. */
function changeText(last: Point, points: readonly Point[]): string {
  const old = points.findLast(point => point.time <= last.time - MINUTE_MS) ?? points[0] ?? last;
  const elapsed = last.time - old.time;
  if (elapsed <= 0) return `at ${formatClock(last.time)}`;
  const change = last.value - old.value;
  if (change === 0) return `no change in ${elapsedText(elapsed)}`;
  const share = old.value === 0 ? '' : ` (${shareText(change / Math.abs(old.value))})`;
  const sign = change > 0 ? '▲ ' : '▼ ';
  return `${sign}${figureText(Math.abs(change))}${share} in ${elapsedText(elapsed)}`;
}

function shareText(share: number): string {
  const percent = Math.abs(share) * 100;
  const digits =
    percent >= 10 ? formatNumber(Math.round(percent)) : formatNumber(Math.round(percent * 10) / 10);
  return `${share > 0 ? '+' : '−'}${digits} %`;
}

function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
