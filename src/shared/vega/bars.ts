import type { Canvas, SpecBody } from './body.ts';
import type { ViewSpec } from '../view.ts';
import { lengthScale, NUMBER_AXIS } from './axes.ts';

const STEP = 24;
const AXIS_HEIGHT = 36;
const TOP = 4;
/** Room kept before the first bars come; more bars make the picture grow. */
const RESERVED_BARS = 5;
/** Fixed, so that the bars do not jump sideways when a longer label arrives. */
const LABEL_GUTTER = 136;
const VALUE_GUTTER = 72;

/** Horizontal bars in the order of the rows, one rank slot each, with the value at the bar's end. */
export function barsSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const length = { field: 'value', type: 'quantitative', stack: null };
  return {
    padding: { left: LABEL_GUTTER, top: TOP, right: 0, bottom: AXIS_HEIGHT },
    width: Math.max(120, canvas.width - LABEL_GUTTER),
    height: { step: STEP },
    encoding: {
      y: {
        field: 'slot',
        type: 'ordinal',
        sort: null,
        axis: null,
        scale: { paddingInner: 0.25, paddingOuter: 0.125 }
      }
    },
    layer: [
      {
        mark: { type: 'bar', invalid: null },
        encoding: {
          x: {
            ...length,
            scale: {
              range: [0, { expr: `width - ${VALUE_GUTTER}` }],
              nice: 4,
              ...lengthScale(canvas.rows)
            },
            axis: { ...NUMBER_AXIS, title: view.values[0] ?? null, tickCount: 4 }
          },
          description: { field: 'about' }
        }
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, aria: false, invalid: null },
        encoding: { x: length, text: { field: 'text' } }
      },
      {
        mark: {
          type: 'text',
          align: 'right',
          limit: (LABEL_GUTTER - 16) * canvas.textScale,
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
