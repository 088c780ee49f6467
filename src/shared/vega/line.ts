import type { ViewSpec } from '../view.ts';
import { NUMBER_AXIS, VALUE_SCALE } from './axes.ts';
import type { Canvas, SpecBody } from './body.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import {
  KEY_ROW_HEIGHT,
  keyLayers,
  keyRows,
  keyRowsOf,
  KEYS_DATASET,
  seriesNames
} from './keys.ts';
import { lineRow, ROWS_DATASET, valueField } from './rows.ts';
import { DASHES, type VegaTheme } from './theme.ts';
import { gapLayers, gapRows, GAPS_DATASET, TIME_SCALE, timeAxis, timeEnds } from './time-axis.ts';
import { valueEnds } from './value-axis.ts';

const HEIGHT = 240;
const VALUE_GUTTER = 56;
const RIGHT_GUTTER = 16;
const AXIS_HEIGHT = 28;
const TOP = 8;

/** Pixels beside the plot of a line chart. */
export const LINE_PADDING = { left: VALUE_GUTTER, right: RIGHT_GUTTER } as const;

/** Points, key, gaps and both axes' ends of a line chart. */
export function lineData(
  view: ViewSpec,
  input: PictureInput,
  { theme, width }: { readonly theme: VegaTheme; readonly width: number },
  before: Before
): ChartData {
  const points = input.rows.map(row => lineRow(view, row));
  const ends = timeEnds(input, view.category);
  const values = points.flatMap(point =>
    view.values.map((_, index) => point[valueField(index)] as number | null)
  );
  const plot = plotWidth(width);
  return {
    sets: {
      [ROWS_DATASET]: points,
      [GAPS_DATASET]: gapRows(input.gaps, ends, plot),
      [KEYS_DATASET]: keyRows(seriesNames(view, input.labels ?? {}), keyRowsOf(view), plot, theme)
    },
    signals: { ...ends, ...valueEnds(values, before) }
  };
}

/**
 * One line a value column over time. Wide rows and one layer a series: a colour facet would make
 * Vega keep every tuple it ever saw (https://github.com/vega/vega/issues/2920).
 */
export function lineSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const { theme, data } = canvas;
  const several = keyRowsOf(view) > 0;
  const width = plotWidth(canvas.width);
  const x = { type: 'temporal', sort: null, axis: timeAxis(width), scale: TIME_SCALE };
  const y = {
    type: 'quantitative',
    stack: null,
    scale: VALUE_SCALE,
    axis: { ...NUMBER_AXIS, title: several ? null : (view.values[0] ?? null), tickCount: 5 }
  };
  const band = { band: theme.line, edge: theme.mutedText };
  return {
    padding: { left: VALUE_GUTTER, top: topOf(view), right: RIGHT_GUTTER, bottom: AXIS_HEIGHT },
    width,
    height: HEIGHT,
    layer: [
      ...gapLayers(x, data.sets[GAPS_DATASET] ?? [], band),
      ...view.values.map((_, index) => ({
        mark: { type: 'line', clip: true, ...styleOf(index, several, theme) },
        encoding: {
          x: { ...x, field: 'time' },
          y: { ...y, field: valueField(index) },
          order: { value: null },
          description: { value: view.title }
        }
      })),
      ...(several ? keyLayers(data.sets[KEYS_DATASET] ?? []) : [])
    ]
  };
}

/** Pixels that the picture takes. */
export function lineHeight(view: ViewSpec): number {
  return topOf(view) + HEIGHT + AXIS_HEIGHT;
}

function plotWidth(width: number): number {
  return Math.max(120, width - VALUE_GUTTER - RIGHT_GUTTER);
}

function topOf(view: ViewSpec): number {
  const rows = keyRowsOf(view);
  return rows === 0 ? TOP : TOP + rows * KEY_ROW_HEIGHT + 4;
}

function styleOf(index: number, several: boolean, theme: VegaTheme): Record<string, unknown> {
  if (!several) return { color: theme.mark };
  return {
    color: theme.series[index % theme.series.length],
    strokeDash: index === 0 ? undefined : DASHES[index % DASHES.length]
  };
}
