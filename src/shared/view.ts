import { z } from 'zod';
import { streamStatusSchema } from './stream-status.ts';

/** Kinds of live view. */
export const VIEW_KINDS = [
  'bars',
  'table',
  'line',
  'number',
  'histogram',
  'heatmap',
  'vega-lite'
] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/**
 * The most that a view or a frame may hold. Snapshots come out of notebooks of strangers, and frames out
 * of whatever kernel answers: what is larger is refused before anything is made of it.
 */
export const VIEW_BOUNDS = {
  /** Characters of a name, of a cell. */
  name: 512,
  cell: 20_000,
  columns: 200,
  rows: 5_000,
  /** Columns times rows. */
  cells: 100_000
} as const;

const nameSchema = z.string().max(VIEW_BOUNDS.name);

/** `time` values travel as epoch milliseconds, `number` values as JSON numbers, the rest as text. */
export const columnSchema = z.object({
  name: nameSchema,
  type: z.enum(['text', 'number', 'time'])
});
export type Column = z.infer<typeof columnSchema>;

export const cellSchema = z.union([
  z.string().max(VIEW_BOUNDS.cell),
  z.number(),
  z.boolean(),
  z.null()
]);
export type Cell = z.infer<typeof cellSchema>;

/** What a view shows. It does not change while the view lives. */
export const viewSpecSchema = z.object({
  id: nameSchema,
  /** Handle of the stream, as in `%stop NAME`. */
  stream: nameSchema,
  title: nameSchema,
  kind: z.enum(VIEW_KINDS),
  /**
   * Columns of a frame: those of the stream, or what the kind makes of them. Line with `series`: the time
   * and one slot a series (`s0`, `s1`, …), named by `labels` of the frame. Number: `time` and `value`.
   * Histogram: `from`, `to` and `n`.
   */
  columns: z.array(columnSchema).max(VIEW_BOUNDS.columns),
  /** Bars: the label. Line: the time. Histogram: the measured column. Heat map: across. Others: none. */
  category: nameSchema.nullable(),
  /** Line: the column whose values are the lines. Heat map: down. Others: none. */
  series: nameSchema.nullable().default(null),
  /**
   * Bars: the length. Line: the columns drawn as lines. Table: columns with in-row bars. Number: the column
   * behind `value`, or none for a count of rows. Heat map: the column behind the colour.
   */
  values: z.array(nameSchema).max(VIEW_BOUNDS.columns),
  /** Line with `series`: the column of the stream behind the slots, which then are the values. */
  measured: nameSchema.exactOptional(),
  /** The most rows a frame carries: bars shown, table rows, points of a line, cells of a heat map. */
  limit: z.number().int().positive().max(VIEW_BOUNDS.rows),
  /** Line and number: time shown up to now, milliseconds; null is what `limit` holds. */
  windowMs: z.number().positive().nullable().default(null),
  /** Vega-Lite: the specification as its author wrote it, which nobody has checked. */
  definition: z.record(z.string(), z.unknown()).nullable().default(null)
});
export type ViewSpec = z.infer<typeof viewSpecSchema>;

/** Columnar rows; no more than `VIEW_BOUNDS` allows. */
const dataSchema = z
  .record(nameSchema, z.array(cellSchema).max(VIEW_BOUNDS.rows))
  .refine(data => Object.keys(data).length <= VIEW_BOUNDS.columns, 'too many columns')
  .refine(
    data => Object.values(data).reduce((sum, cells) => sum + cells.length, 0) <= VIEW_BOUNDS.cells,
    'too many cells'
  );

/** One state of a view: whole, never a delta. Columns have equal lengths, in display order. */
export const viewFrameSchema = z.object({
  status: streamStatusSchema,
  /** Columnar rows, as many as `limit` allows. */
  data: dataSchema,
  /** What to call a column instead of its name; slots of a line are named by it. */
  labels: z.record(nameSchema, nameSchema).default({}),
  /** Keys (bars, heat map) or rows (the others) in all, shown or not. */
  total: z.number(),
  /** Sum of the first value column over all keys; null where it has no meaning. */
  sum: z.number().nullable(),
  /** Newest input time behind this state, epoch milliseconds. */
  eventTimeMax: z.number().nullable(),
  /** Oldest moment that the kernel can still show, epoch milliseconds; null where it keeps none. */
  historyFrom: z.number().nullable().default(null)
});
export type ViewFrame = z.infer<typeof viewFrameSchema>;

/** Saved in the notebook under `VIEW_MIME`. `final` says that no more frames will follow. */
export const viewSnapshotSchema = z.object({
  version: z.literal(1),
  view: viewSpecSchema,
  frame: viewFrameSchema,
  seq: z.number(),
  savedAt: z.number(),
  final: z.boolean()
});
export type ViewSnapshot = z.infer<typeof viewSnapshotSchema>;

/** Rows of a frame as objects, in display order. */
export function frameRows(view: ViewSpec, frame: ViewFrame): Record<string, Cell>[] {
  const length = Math.max(0, ...view.columns.map(column => frame.data[column.name]?.length ?? 0));
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(
      view.columns.map(column => [column.name, frame.data[column.name]?.[index] ?? null])
    )
  );
}
