import type { Cell, ViewSpec } from '../view.ts';
import { barsHeight, barsSpec } from './bars.ts';
import { lineHeight, lineSpec } from './line.ts';
import type { SpecBody } from './body.ts';
import { chartRows, ROWS_DATASET } from './rows.ts';
import { tableHeight, tableSpec } from './table.ts';
import { vegaConfig, type VegaTheme } from './theme.ts';

const DEFAULT_WIDTH = 720;
const TITLE_HEIGHT = 28;

const HEIGHTS = {
  bars: barsHeight,
  table: tableHeight,
  line: lineHeight,
  number: tableHeight,
  histogram: tableHeight,
  heatmap: tableHeight,
  'vega-lite': tableHeight
} as const;
const BUILDERS = {
  bars: barsSpec,
  table: tableSpec,
  line: lineSpec,
  number: tableSpec,
  histogram: tableSpec,
  heatmap: tableSpec,
  'vega-lite': tableSpec
} as const;

export interface VegaLiteSpecOptions {
  readonly theme: VegaTheme;
  /** Rows of a frame, see `frameRows`. Inlined; a running view gets the next ones by `chartRows`. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** Width of the whole picture in pixels. */
  readonly width?: number;
  /** Whether Vega can measure text, as in a browser; without it labels are cut by a wider estimate. */
  readonly measuresText?: boolean;
  /** Drawn above the picture; a live view has its title outside. */
  readonly title?: string;
}

/**
 * The Vega-Lite specification of a view, in the part of the language that versions 5 and 6 share.
 *
 * It is written so that a view can be fed for hours: the data set has a name, values are not parsed
 * or stacked (both make Vega remember every tuple), rows come in display order, and all gutters are
 * fixed so that new data do not move the frame.
 */
export function vegaLiteSpec(
  view: ViewSpec,
  options: VegaLiteSpecOptions
): Record<string, unknown> {
  const { theme, title, width = DEFAULT_WIDTH, measuresText = true } = options;
  const rows = chartRows(view, options.rows);
  const textScale = measuresText ? 1 : 1.33;
  const body = BUILDERS[view.kind](view, { theme, rows, width, textScale });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    description: view.title,
    autosize: { type: 'none' },
    data: { name: ROWS_DATASET, values: rows, format: { parse: null } },
    ...body,
    ...(title === undefined ? {} : withTitle(body, title, theme)),
    config: vegaConfig(theme)
  };
}

/** Pixels to keep free for the picture of a view before its first row, without a title. */
export function reservedHeight(view: ViewSpec): number {
  return HEIGHTS[view.kind](view);
}

/** A mark, because the title of Vega-Lite is placed by the bounds of all marks and would move. */
function withTitle(
  { padding, layer }: SpecBody,
  title: string,
  theme: VegaTheme
): Pick<SpecBody, 'padding' | 'layer'> {
  const mark = { type: 'text', align: 'left', fontSize: 13, fontWeight: 600, color: theme.text };
  const encoding = {
    x: { value: 8 - padding.left },
    y: { value: -padding.top - TITLE_HEIGHT / 2 },
    text: { value: title }
  };
  return {
    padding: { ...padding, top: padding.top + TITLE_HEIGHT },
    layer: [...layer, { data: { name: 'title', values: [{}] }, mark, encoding }]
  };
}
