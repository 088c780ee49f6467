import type { ViewSpec } from '../view.ts';
import type { Canvas, SpecBody } from './body.ts';
import { formatShort } from './format.ts';
import { cellRows, edgeRows, heatColumn, heatGrid } from './heatmap-cells.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import { ROWS_DATASET } from './rows.ts';
import type { VegaTheme } from './theme.ts';
import { places, valueEnds } from './value-axis.ts';

const STEP = 24;
const LABEL_GUTTER = 136;
const RIGHT_GUTTER = 8;
const LEGEND_HEIGHT = 32;
const AXIS_HEIGHT = 28;
/** Room kept before the first cells come; more lines make the picture grow. */
const RESERVED_LINES = 6;
const SWATCH = 20;

/** Cells, labels of both edges, and the ends of the scale of colours. */
export function heatmapData(
  view: ViewSpec,
  input: PictureInput,
  { theme, width }: { readonly theme: VegaTheme; readonly width: number },
  before: Before
): ChartData {
  const grid = heatGrid(view, input.rows);
  const ends = valueEnds(
    grid.cells.map(({ value }) => value),
    before
  );
  const cellWidth = plotWidth(width) / Math.max(1, grid.across.length);
  return {
    sets: {
      [ROWS_DATASET]: cellRows(grid, ends, theme.cells.length, cellWidth),
      across: edgeRows(grid.across, 'column', cellWidth),
      down: edgeRows(grid.down, 'line', Infinity)
    },
    signals: {
      ...ends,
      columns: places(grid.across.length),
      lines: places(grid.down.length),
      lowest: formatShort(ends.low),
      highest: formatShort(ends.top)
    }
  };
}

/** Values by two categories: a shade of one colour and, where it fits, the value itself. */
export function heatmapSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const { theme } = canvas;
  const width = plotWidth(canvas.width);
  const band = (places: string): Record<string, unknown> => ({
    type: 'ordinal',
    sort: null,
    axis: null,
    scale: { domain: { expr: places }, padding: 0 }
  });
  const [x, y] = [band('columns'), band('lines')];
  const at = { x: { ...x, field: 'column' }, y: { ...y, field: 'line' } };
  return {
    padding: {
      left: LABEL_GUTTER,
      top: LEGEND_HEIGHT,
      right: RIGHT_GUTTER,
      bottom: AXIS_HEIGHT
    },
    width,
    height: { step: STEP },
    layer: [
      {
        mark: { type: 'rect', xOffset: 0.5, x2Offset: -0.5, yOffset: 0.5, y2Offset: -0.5 },
        encoding: {
          ...at,
          fill: shaded(theme.cells.map(({ fill }) => fill)),
          description: { field: 'about' },
          tooltip: { field: 'about' }
        }
      },
      {
        mark: { type: 'text', fontSize: 11, aria: false },
        encoding: {
          ...at,
          text: { field: 'text' },
          color: shaded(theme.cells.map(({ ink }) => ink))
        }
      },
      ...edgeLayers(canvas, at),
      ...legendLayers(theme, heatColumn(view) ?? '')
    ],
    resolve: { scale: { fill: 'independent', color: 'independent' } }
  };
}

/** The labels on the lower and on the left edge. */
function edgeLayers(
  { theme, data, textScale }: Canvas,
  at: { readonly x: unknown; readonly y: unknown }
): Record<string, unknown>[] {
  const label = { type: 'text', color: theme.mutedText, fontSize: 11, aria: false };
  return [
    {
      data: { name: 'across', values: data.sets['across'] ?? [], format: { parse: null } },
      mark: { ...label, limit: 88 * textScale },
      encoding: { x: at.x, y: { value: { expr: 'height + 14' } }, text: { field: 'label' } }
    },
    {
      data: { name: 'down', values: data.sets['down'] ?? [], format: { parse: null } },
      mark: {
        ...label,
        fontSize: 12,
        color: theme.text,
        align: 'right',
        limit: (LABEL_GUTTER - 16) * textScale
      },
      encoding: {
        x: { value: -8 },
        y: at.y,
        text: { field: 'label' },
        tooltip: { field: 'whole' }
      }
    }
  ];
}

/** Pixels that the picture takes at least. */
export function heatmapHeight(): number {
  return LEGEND_HEIGHT + RESERVED_LINES * STEP + AXIS_HEIGHT;
}

function plotWidth(width: number): number {
  return Math.max(120, width - LABEL_GUTTER - RIGHT_GUTTER);
}

function shaded(range: readonly string[]): Record<string, unknown> {
  return {
    field: 'shade',
    type: 'ordinal',
    sort: null,
    legend: null,
    scale: { domain: range.map((_, shade) => shade), range }
  };
}

/** The shades from lowest to highest with the values at both ends. */
function legendLayers({ cells, mutedText }: VegaTheme, name: string): Record<string, unknown>[] {
  const right = cells.length * SWATCH;
  const text = (
    key: string,
    mark: Record<string, unknown>,
    x: number
  ): Record<string, unknown> => ({
    data: { name: key, values: [{}] },
    mark: { type: 'text', align: 'left', fontSize: 11, color: mutedText, aria: false, ...mark },
    encoding: { x: { value: x }, y: { value: -18 } }
  });
  return [
    ...cells.map(({ fill }, shade) => ({
      data: { name: `shade${shade}`, values: [{}] },
      mark: { type: 'rect', color: fill, stroke: mutedText, strokeWidth: 0.5, aria: false },
      encoding: {
        x: { value: shade * SWATCH },
        x2: { value: (shade + 1) * SWATCH },
        y: { value: -24 },
        y2: { value: -12 }
      }
    })),
    text('name-place', { align: 'right', limit: LABEL_GUTTER - 48, text: name }, -48),
    text('lowest-place', { align: 'right', text: { expr: 'lowest' } }, -8),
    text('highest-place', { text: { expr: 'highest' } }, right + 8)
  ];
}
