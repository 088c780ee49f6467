import { z } from 'zod';
import { streamStatusSchema } from './stream-status.ts';

/** Kinds of live view. */
export const VIEW_KINDS = ['bars', 'table', 'line'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** `time` values travel as epoch milliseconds, `number` values as JSON numbers, the rest as text. */
export const columnSchema = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'time'])
});
export type Column = z.infer<typeof columnSchema>;

export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

/** What a view shows. It does not change while the view lives. */
export const viewSpecSchema = z.object({
  id: z.string(),
  /** Handle of the stream, as in `%stop --name`. */
  stream: z.string(),
  title: z.string(),
  kind: z.enum(VIEW_KINDS),
  columns: z.array(columnSchema),
  /** Bars: the label. Line: the time. Table: none. */
  category: z.string().nullable(),
  /** Bars: the length. Line: the series, one line each. Table: columns with in-row bars. */
  values: z.array(z.string()),
  /** The most rows a frame carries: bars shown, table rows, points of a line. */
  limit: z.number().int().positive()
});
export type ViewSpec = z.infer<typeof viewSpecSchema>;

/** One state of a view: whole, never a delta. Columns have equal lengths, in display order. */
export const viewFrameSchema = z.object({
  status: streamStatusSchema,
  /** Columnar rows, as many as `limit` allows. */
  data: z.record(z.string(), z.array(cellSchema)),
  /** Keys (bars) or rows (table, line) in all, shown or not. */
  total: z.number(),
  /** Sum of the first value column over all keys; null where it has no meaning. */
  sum: z.number().nullable(),
  /** Newest input time behind this state, epoch milliseconds. */
  eventTimeMax: z.number().nullable()
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
