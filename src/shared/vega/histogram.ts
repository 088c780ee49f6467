import type { ViewSpec } from '../view.ts';
import { NUMBER_AXIS, VALUE_SCALE } from './axes.ts';
import type { Canvas, SpecBody } from './body.ts';
import { numberOf } from './cells.ts';
import { formatNumber, formatShort } from './format.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import { ROWS_DATASET } from './rows.ts';
import { valueEnds } from './value-axis.ts';

const HEIGHT = 208;
const VALUE_GUTTER = 56;
const RIGHT_GUTTER = 16;
const TOP = 24;
const AXIS_HEIGHT = 36;
const CHARACTER = 6.6;

/** Bins with their counts, where the counts fit above the bars, and the ends of both axes. */
export function histogramData(
  view: ViewSpec,
  input: PictureInput,
  { width }: { readonly width: number },
  before: Before
): ChartData {
  const bins = input.rows.flatMap((row, slot) => {
    const [from, to] = [numberOf(row, 'from'), numberOf(row, 'to')];
    return from === null || to === null ? [] : [{ slot, from, to, n: numberOf(row, 'n') ?? 0 }];
  });
  const left = bins[0]?.from ?? 0;
  const right = bins.at(-1)?.to ?? 1;
  const perBin = plotWidth(width) / Math.max(1, bins.length);
  const longest = Math.max(0, ...bins.map(({ n }) => formatShort(n).length));
  const fits = longest * CHARACTER + 4 <= perBin;
  const rows = bins.map(bin => ({
    ...bin,
    base: 0,
    middle: (bin.from + bin.to) / 2,
    text: fits && bin.n !== 0 ? formatShort(bin.n) : '',
    about: `${formatNumber(bin.from)} to ${formatNumber(bin.to)}: ${formatNumber(bin.n)}`
  }));
  return {
    sets: { [ROWS_DATASET]: rows },
    signals: {
      left,
      right: right > left ? right : left + 1,
      ...valueEnds(
        bins.map(({ n }) => n),
        before
      )
    }
  };
}

/** How often the values of a column fall into each of its bins. */
export function histogramSpec(view: ViewSpec, { theme, width }: Canvas): SpecBody {
  const plot = plotWidth(width);
  const across = {
    type: 'quantitative',
    stack: null,
    scale: { domain: { expr: '[left, right]' }, nice: false, zero: false },
    axis: {
      ...NUMBER_AXIS,
      grid: false,
      labelFlush: true,
      labelOverlap: true,
      tickCount: Math.max(3, Math.floor(plot / 80)),
      title: view.category
    }
  };
  const up = {
    type: 'quantitative',
    stack: null,
    scale: VALUE_SCALE,
    axis: { ...NUMBER_AXIS, title: null, tickCount: 4 }
  };
  return {
    padding: { left: VALUE_GUTTER, top: TOP, right: RIGHT_GUTTER, bottom: AXIS_HEIGHT },
    width: plot,
    height: HEIGHT,
    layer: [
      {
        mark: {
          type: 'rect',
          color: theme.mark,
          xOffset: 0.5,
          x2Offset: -0.5,
          cornerRadiusTopLeft: 2,
          cornerRadiusTopRight: 2,
          invalid: null
        },
        encoding: {
          x: { ...across, field: 'from' },
          x2: { field: 'to' },
          y: { ...up, field: 'base' },
          y2: { field: 'n' },
          description: { field: 'about' },
          tooltip: { field: 'about' }
        }
      },
      {
        mark: { type: 'text', dy: -8, fontSize: 11, aria: false, invalid: null },
        encoding: {
          x: { ...across, field: 'middle' },
          y: { ...up, field: 'n' },
          text: { field: 'text' }
        }
      }
    ]
  };
}

/** Pixels that the picture takes. */
export function histogramHeight(): number {
  return TOP + HEIGHT + AXIS_HEIGHT;
}

function plotWidth(width: number): number {
  return Math.max(120, width - VALUE_GUTTER - RIGHT_GUTTER);
}
