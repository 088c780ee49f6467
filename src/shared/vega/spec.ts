import type { ViewSpec } from '../view.ts';
import { barsData, barsHeight, barsSpec } from './bars.ts';
import type { Canvas, SpecBody } from './body.ts';
import { definitionData, definitionHeight, definitionSpec } from './definition.ts';
import { heatmapData, heatmapHeight, heatmapSpec } from './heatmap.ts';
import { histogramData, histogramHeight, histogramSpec } from './histogram.ts';
import type { Before, ChartData, PictureInput } from './input.ts';
import { lineData, lineHeight, lineSpec } from './line.ts';
import { numberData, numberHeight, numberSpec } from './number.ts';
import { ROWS_DATASET } from './rows.ts';
import { emptyMark, stampMark, titleMark, TITLE_HEIGHT } from './title.ts';
import { tableData, tableHeight, tableSpec } from './table.ts';
import { vegaConfig, type VegaTheme } from './theme.ts';

const DEFAULT_WIDTH = 720;
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

interface Room {
  readonly theme: VegaTheme;
  readonly width: number;
}

/** What there is to know of a kind. */
interface Kind {
  readonly data: (view: ViewSpec, input: PictureInput, room: Room, before: Before) => ChartData;
  readonly body: (view: ViewSpec, canvas: Canvas) => SpecBody;
  readonly height: (view: ViewSpec) => number;
}

const KINDS: Record<Exclude<ViewSpec['kind'], 'vega-lite'>, Kind> = {
  bars: { data: barsData, body: barsSpec, height: barsHeight },
  table: { data: tableData, body: tableSpec, height: tableHeight },
  line: { data: lineData, body: lineSpec, height: lineHeight },
  number: { data: numberData, body: numberSpec, height: numberHeight },
  histogram: { data: histogramData, body: histogramSpec, height: histogramHeight },
  heatmap: { data: heatmapData, body: heatmapSpec, height: heatmapHeight }
};

export interface VegaLiteSpecOptions extends PictureInput {
  readonly theme: VegaTheme;
  /** Width of the whole picture in pixels. */
  readonly width?: number;
  /** Whether Vega can measure text, as in a browser; without it labels are cut by a wider estimate. */
  readonly measuresText?: boolean;
  /** Drawn above the picture; a live view has its title outside. */
  readonly title?: string;
  /** A smaller line under the title: when this was so. */
  readonly stamp?: string;
}

/**
 * What a picture of this view shows: the rows of its data sets, and the signals. The signals of the state
 * before keep axes where they were as long as they serve.
 */
export function chartData(
  view: ViewSpec,
  input: PictureInput,
  room: Room,
  before: Before = null
): ChartData {
  const data = view.kind === 'vega-lite' ? definitionData : KINDS[view.kind].data;
  return data(view, { ...input, rows: withinLimit(view, input.rows) }, room, before);
}

/** The newest points of a course, the first rows of anything else. */
function withinLimit({ kind, limit }: ViewSpec, rows: PictureInput['rows']): PictureInput['rows'] {
  if (rows.length <= limit) return rows;
  return kind === 'line' || kind === 'number' ? rows.slice(-limit) : rows.slice(0, limit);
}

/**
 * The Vega-Lite specification of a view, in the part of the language that versions 5 and 6 share.
 *
 * It is written so that a view can be fed for hours: data sets have names, values are not parsed
 * or stacked (both make Vega remember every tuple), rows come in display order, axes follow
 * parameters, and all gutters are fixed so that new data do not move the frame.
 */
export function vegaLiteSpec(
  view: ViewSpec,
  options: VegaLiteSpecOptions
): Record<string, unknown> {
  const { theme, width = DEFAULT_WIDTH, measuresText = true } = options;
  const data = chartData(view, options, { theme, width });
  const rows = data.sets[ROWS_DATASET] ?? [];
  if (view.kind === 'vega-lite') {
    const body = definitionSpec(view.definition ?? {}, rows, width, vegaConfig(theme));
    return { $schema: SCHEMA, description: view.title, ...body, ...titled(body, options) };
  }
  const canvas = { theme, data, width, textScale: measuresText ? 1 : 1.33 };
  const body = KINDS[view.kind].body(view, canvas);
  return {
    $schema: SCHEMA,
    description: view.title,
    autosize: { type: 'none' },
    params: Object.entries(data.signals).map(([name, value]) => ({ name, value })),
    data: { name: ROWS_DATASET, values: rows, format: { parse: null } },
    ...body,
    ...withTitle(body, options, rows.length === 0 && view.kind !== 'number'),
    config: vegaConfig(theme)
  };
}

/** Pixels to keep free for the picture of a view before its first row, without a title. */
export function reservedHeight(view: ViewSpec): number {
  return view.kind === 'vega-lite' ? definitionHeight(view) : KINDS[view.kind].height(view);
}

/** The title of Vega-Lite serves a definition, which keeps its own as the subtitle's place allows. */
function titled(
  body: Readonly<Record<string, unknown>>,
  { title, stamp, theme }: VegaLiteSpecOptions
): Record<string, unknown> {
  if (title === undefined) return {};
  const own = typeof body['title'] === 'string' ? body['title'] : null;
  const subtitle = [own, stamp].filter(line => line !== null && line !== undefined);
  const colors = { color: theme.text, subtitleColor: theme.mutedText };
  return { title: { text: title, subtitle, anchor: 'start', fontSize: 13, ...colors } };
}

/** Marks, because the title of Vega-Lite is placed by the bounds of all marks and would move. */
function withTitle(
  { padding, layer }: SpecBody,
  { title, stamp, theme }: VegaLiteSpecOptions,
  empty: boolean
): Partial<Pick<SpecBody, 'padding' | 'layer'>> {
  if (title === undefined) return {};
  const room = stamp === undefined ? TITLE_HEIGHT : 2 * TITLE_HEIGHT - 8;
  const top = -padding.top - room;
  const marks = [
    titleMark(title, 8 - padding.left, top, theme),
    ...(stamp === undefined ? [] : [stampMark(stamp, 8 - padding.left, top, theme)]),
    ...(empty ? [emptyMark(padding.left, theme)] : [])
  ];
  return { padding: { ...padding, top: padding.top + room }, layer: [...layer, ...marks] };
}
