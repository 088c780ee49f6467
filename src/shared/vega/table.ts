import type { Canvas, SpecBody } from './body.ts';
import type { Column, ViewSpec } from '../view.ts';
import type { Before, ChartData, ChartRow, PictureInput } from './input.ts';
import { ROWS_DATASET, tableColumns, tableRow, textField, valueField } from './rows.ts';
import { valueEnds } from './value-axis.ts';
import type { VegaTheme } from './theme.ts';

const ROW_HEIGHT = 22;
const HEADER_HEIGHT = 28;
const GAP = 16;
const TIME_WIDTH = 128;
const NUMBER_WIDTH = 64;
const BAR_WIDTH = 96;
const BAR_GAP = 8;
const MIN_TEXT_WIDTH = 48;
/** Characters, so that one long value does not starve the other columns. */
const MIN_WEIGHT = 6;
const MAX_WEIGHT = 32;
const EDGE = 8;
const BOTTOM = 4;

type Layer = Record<string, unknown>;

interface Slot {
  readonly column: Column;
  readonly index: number;
  readonly barred: boolean;
  /** Left edge and width of the text, in pixels. */
  readonly left: number;
  readonly width: number;
}

/** Signals of the ends of the bars of the nth column. */
const lowSignal = (index: number): string => `low${index}`;
const topSignal = (index: number): string => `top${index}`;

/** Cells, and the ends of each column of bars. */
export function tableData(
  view: ViewSpec,
  input: PictureInput,
  _room: unknown,
  before: Before
): ChartData {
  const rows = input.rows.map((row, slot) => tableRow(view, row, slot));
  const signals: Record<string, number> = {};
  tableColumns(view).forEach(({ name }, index) => {
    if (!view.values.includes(name)) return;
    const values = rows.map(row => row[valueField(index)] as number);
    const held = { low: before?.[lowSignal(index)] ?? 0, top: before?.[topSignal(index)] ?? 0 };
    const ends = valueEnds(values, held);
    signals[lowSignal(index)] = ends.low;
    signals[topSignal(index)] = ends.top;
  });
  return { sets: { [ROWS_DATASET]: rows }, signals };
}

/**
 * A table of text marks with bars inside the rows of the value columns. The number of row slots is
 * the limit of the view, so that the picture has one height from the first row on.
 */
export function tableSpec(view: ViewSpec, canvas: Canvas): SpecBody {
  const width = canvas.width - 2 * EDGE;
  const slots = layOut(view, canvas, width);
  return {
    padding: { left: EDGE, top: HEADER_HEIGHT, right: EDGE, bottom: BOTTOM },
    width,
    height: view.limit * ROW_HEIGHT,
    encoding: { y: rowScale(view.limit) },
    layer: [
      separatorLayer(view.limit, width, canvas.theme),
      ...slots.map(slot => headerLayer(slot, canvas)),
      ...slots.filter(slot => slot.barred).map(slot => barLayer(slot)),
      ...slots.map(slot => cellLayer(slot, canvas))
    ],
    resolve: { scale: { x: 'independent' } }
  };
}

/** Pixels that the picture takes. */
export function tableHeight({ limit }: ViewSpec): number {
  return HEADER_HEIGHT + limit * ROW_HEIGHT + BOTTOM;
}

function rowScale(limit: number): Record<string, unknown> {
  return {
    field: 'slot',
    type: 'ordinal',
    sort: null,
    scale: {
      domain: Array.from({ length: limit }, (_, slot) => slot),
      paddingInner: 0.2,
      paddingOuter: 0.1
    },
    axis: null
  };
}

/** Times and numbers have one width; text columns share the rest by the length of their content. */
function layOut(view: ViewSpec, { data }: Canvas, width: number): Slot[] {
  const rows = data.sets[ROWS_DATASET] ?? [];
  const columns = tableColumns(view).map((column, index) => ({
    column,
    index,
    barred: view.values.includes(column.name),
    weight: column.type === 'text' ? textLength(column, index, rows) : 0
  }));
  const taken = columns.reduce((sum, { column, barred }) => sum + fixedWidth(column, barred), -GAP);
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0);
  const share = (width - taken) / Math.max(1, weights);
  let left = 0;
  return columns.map(({ weight, ...column }) => {
    const shared = Math.max(MIN_TEXT_WIDTH, Math.floor(share * weight));
    const slot = { ...column, left, width: weight > 0 ? shared : textWidth(column.column) };
    left += slot.width + (column.barred ? BAR_WIDTH + BAR_GAP : 0) + GAP;
    return slot;
  });
}

function textLength(column: Column, index: number, rows: readonly ChartRow[]): number {
  const lengths = rows.map(row => (row[textField(index)] as string).length);
  return Math.min(MAX_WEIGHT, Math.max(MIN_WEIGHT, column.name.length, ...lengths));
}

function fixedWidth(column: Column, barred: boolean): number {
  return textWidth(column) + (barred ? BAR_WIDTH + BAR_GAP : 0) + GAP;
}

function textWidth({ type }: Column): number {
  if (type === 'text') return 0;
  return type === 'time' ? TIME_WIDTH : NUMBER_WIDTH;
}

function separatorLayer(limit: number, width: number, theme: VegaTheme): Layer {
  return {
    data: { name: 'slots', values: Array.from({ length: limit }, (_, slot) => ({ slot })) },
    mark: { type: 'rule', color: theme.line, aria: false },
    encoding: {
      x: { value: 0 },
      x2: { value: width },
      y: { field: 'slot', type: 'ordinal', bandPosition: -0.125 }
    }
  };
}

/** Numbers end at the right edge of their text, everything else starts at the left. */
function textMark({ column, width }: Slot, { textScale }: Canvas): Layer {
  return {
    type: 'text',
    align: column.type === 'number' ? 'right' : 'left',
    ...(column.type === 'text' ? { limit: width * textScale } : {}),
    aria: false
  };
}

function textEdge({ column, left, width }: Slot): { value: number } {
  return { value: column.type === 'number' ? left + width : left };
}

function headerLayer(slot: Slot, canvas: Canvas): Layer {
  return {
    data: { name: `header${slot.index}`, values: [{}] },
    mark: { ...textMark(slot, canvas), color: canvas.theme.mutedText, fontWeight: 600 },
    encoding: { x: textEdge(slot), y: { value: -14 }, text: { value: slot.column.name } }
  };
}

function cellLayer(slot: Slot, canvas: Canvas): Layer {
  const field = textField(slot.index);
  return {
    mark: textMark(slot, canvas),
    encoding: { x: textEdge(slot), text: { field }, tooltip: { field } }
  };
}

function barLayer(slot: Slot): Layer {
  const start = slot.left + slot.width + BAR_GAP;
  return {
    mark: { type: 'bar', invalid: null, aria: false },
    encoding: {
      x: {
        field: valueField(slot.index),
        type: 'quantitative',
        stack: null,
        axis: null,
        scale: {
          domain: { expr: `[${lowSignal(slot.index)}, ${topSignal(slot.index)}]` },
          range: [start, start + BAR_WIDTH],
          nice: false,
          zero: false
        }
      }
    }
  };
}
