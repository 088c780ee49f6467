import type { ViewSpec } from '../view.ts';
import { lengthScale, NUMBER_AXIS, TIME_AXIS, timeScale } from './axes.ts';
import type { Canvas, SpecBody } from './body.ts';
import { valueField } from './rows.ts';
import type { VegaTheme } from './theme.ts';

const HEIGHT = 240;
const VALUE_GUTTER = 56;
const RIGHT_GUTTER = 16;
const LEGEND_HEIGHT = 32;
const AXIS_HEIGHT = 28;
const MAX_KEY_WIDTH = 160;
const SYMBOL_WIDTH = 24;
/** Series differ by pattern too, so that colour is never the only sign. */
const DASHES = [
  [1, 0],
  [8, 4],
  [2, 4],
  [8, 4, 2, 4]
];

type Layer = Record<string, unknown>;

interface Series {
  readonly name: string;
  readonly index: number;
  readonly color: string;
  readonly strokeDash: readonly number[];
}

/**
 * One line a value column over time. Wide rows and one layer a series: a colour facet would make
 * Vega keep every tuple it ever saw (https://github.com/vega/vega/issues/2920).
 */
export function lineSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const series = view.values.map((name, index) => styled(name, index, view, canvas.theme));
  const several = series.length > 1;
  const width = Math.max(120, canvas.width - VALUE_GUTTER - RIGHT_GUTTER);
  const entryWidth = Math.min(MAX_KEY_WIDTH, width / series.length);
  return {
    padding: {
      left: VALUE_GUTTER,
      top: topOf(view),
      right: RIGHT_GUTTER,
      bottom: AXIS_HEIGHT
    },
    width,
    height: HEIGHT,
    layer: [
      ...series.map(one => lineLayer(one, several, canvas)),
      ...(several ? series.flatMap(one => legendLayers(one, entryWidth, canvas.textScale)) : [])
    ]
  };
}

/** Pixels that the picture takes. */
export function lineHeight(view: ViewSpec): number {
  return topOf(view) + HEIGHT + AXIS_HEIGHT;
}

function topOf({ values }: ViewSpec): number {
  return values.length > 1 ? LEGEND_HEIGHT : 8;
}

function styled(name: string, index: number, view: ViewSpec, theme: VegaTheme): Series {
  const color = theme.series[index % theme.series.length] ?? theme.mark;
  return {
    name,
    index,
    color: view.values.length > 1 ? color : theme.mark,
    strokeDash: DASHES[index % DASHES.length] ?? [1, 0]
  };
}

function lineLayer(
  { name, index, color, strokeDash }: Series,
  several: boolean,
  { rows }: Canvas
): Layer {
  return {
    mark: { type: 'line', color, strokeDash },
    encoding: {
      x: { field: 'time', type: 'temporal', sort: null, axis: TIME_AXIS, scale: timeScale(rows) },
      y: {
        field: valueField(index),
        type: 'quantitative',
        stack: null,
        scale: { nice: true, ...lengthScale(rows) },
        axis: { ...NUMBER_AXIS, title: several ? null : name, tickCount: 5 }
      }
    }
  };
}

/** A key of its own, because the one of Vega-Lite does not join colour and dash of constant marks. */
function legendLayers(series: Series, entryWidth: number, textScale: number): Layer[] {
  const left = series.index * entryWidth;
  const data = { name: `key${series.index}`, values: [{}] };
  const y = { value: -16 };
  return [
    {
      data,
      mark: {
        type: 'rule',
        color: series.color,
        strokeDash: series.strokeDash,
        strokeWidth: 2,
        aria: false
      },
      encoding: { x: { value: left }, x2: { value: left + SYMBOL_WIDTH }, y }
    },
    {
      data: { ...data, name: `${data.name}-text` },
      mark: {
        type: 'text',
        align: 'left',
        limit: (entryWidth - SYMBOL_WIDTH - 16) * textScale,
        aria: false
      },
      encoding: { x: { value: left + SYMBOL_WIDTH + 8 }, y, text: { value: series.name } }
    }
  ];
}
