import { z } from 'zod';
import { STREAM_MODES } from '../../shared/stream-status.ts';
import { columnSchema } from '../../shared/view.ts';
import { MAIN_SESSION } from '../session-port.ts';
import { failureSchema } from '../session/python-answer.ts';
import { streamSpecSchema } from './spec.ts';

/** JSON that `spark-jobs/headrace_streams.py` prints and produces; a test on both sides holds it. */

/** What a started stream is: the answer of `start`, and the record `descriptor` of the progress topic. */
export const descriptorSchema = z.object({
  /** Identity of this start; states of other starts are of no concern. */
  run: z.string(),
  spec: streamSpecSchema,
  columns: z.array(columnSchema),
  keys: z.array(z.string()),
  aggregated: z.boolean(),
  /** Name of the session that runs the query, as `NotebookSession.name`. */
  session: z.string().default(MAIN_SESSION)
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** One beat, the record `state` of the progress topic; `at` is the driver's clock, epoch milliseconds. */
export const beatSchema = z.object({
  run: z.string(),
  at: z.number(),
  state: z.enum(['starting', 'live', 'stopping', 'stopped', 'failed']),
  mode: z.enum(STREAM_MODES).nullable(),
  reason: z.string(),
  inputRate: z.number(),
  backlog: z.number().nullable(),
  batch: z.number().nullable(),
  // A driver that runs since before an update does not tell these.
  topicRecords: z.number().nullable().default(null),
  offered: z.number().nullable().default(null),
  late: z.number().default(0),
  watermark: z.number().nullable().default(null),
  error: failureSchema.nullable()
});
export type Beat = z.infer<typeof beatSchema>;

/** Keys of the records of the progress topic, which is compacted. */
export const DESCRIPTOR_KEY = 'descriptor';
export const BEAT_KEY = 'state';

/** The value of a record as JSON of this schema, or null where it is something else. */
export function readJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string | null
): z.infer<Schema> | null {
  try {
    return schema.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}
