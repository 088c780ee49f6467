import type { Canvas, SpecBody } from './body.ts';
import type { ViewSpec } from '../view.ts';
import { NUMBER_AXIS, VALUE_SCALE } from './axes.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import { barRow, ROWS_DATASET } from './rows.ts';
import { places, valueEnds } from './value-axis.ts';

const STEP = 24;
const AXIS_HEIGHT = 36;
const TOP = 4;
/** Room kept before the first bars come; more bars make the picture grow. */
const RESERVED_BARS = 5;
/** A share of the picture within limits, so that the bars do not jump sideways when a longer label arrives. */
const LABEL_SHARE = 0.24;
const MIN_LABEL_GUTTER = 120;
const MAX_LABEL_GUTTER = 224;
const VALUE_GUTTER = 72;

/** Bars and the ends of their axis. */
export function barsData(
  view: ViewSpec,
  input: PictureInput,
  _room: unknown,
  before: Before
): ChartData {
  const rows = input.rows.map((row, slot) => barRow(view, row, slot));
  const ends = valueEnds(
    rows.map(row => row['value'] as number),
    before
  );
  const signals = { ...ends, slots: places(rows.length) };
  return { sets: { [ROWS_DATASET]: rows }, signals };
}

/** Horizontal bars in the order of the rows, one rank slot each, with the value at the bar's end. */
export function barsSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const gutter = labelGutter(canvas.width);
  const length = {
    field: 'value',
    type: 'quantitative',
    stack: null,
    scale: { ...VALUE_SCALE, range: [0, { expr: `width - ${VALUE_GUTTER}` }] },
    axis: { ...NUMBER_AXIS, title: view.values[0] ?? null, tickCount: 4 }
  };
  return {
    padding: { left: gutter, top: TOP, right: 0, bottom: AXIS_HEIGHT },
    width: Math.max(120, canvas.width - gutter),
    height: { step: STEP },
    encoding: {
      y: {
        field: 'slot',
        type: 'ordinal',
        sort: null,
        axis: null,
        scale: { domain: { expr: 'slots' }, paddingInner: 0.25, paddingOuter: 0.125 }
      }
    },
    layer: [
      {
        mark: { type: 'bar', invalid: null },
        encoding: {
          x: length,
          description: { field: 'about' }
        }
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, aria: false, invalid: null },
        encoding: { x: { ...length, field: 'end' }, text: { field: 'text' } }
      },
      {
        mark: {
          type: 'text',
          align: 'right',
          limit: (gutter - 16) * canvas.textScale,
          aria: false
        },
        encoding: { x: { value: -8 }, text: { field: 'label' }, tooltip: { field: 'label' } }
      }
    ]
  };
}

/** Pixels that the picture takes at least. */
export function barsHeight({ limit }: ViewSpec): number {
  return TOP + Math.min(limit, RESERVED_BARS) * STEP + AXIS_HEIGHT;
}

function labelGutter(width: number): number {
  return Math.min(MAX_LABEL_GUTTER, Math.max(MIN_LABEL_GUTTER, Math.round(width * LABEL_SHARE)));
}
