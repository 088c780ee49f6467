import { z } from 'zod';
import { STREAM_MODES, STREAM_STATES } from './stream-status.ts';

const MAX_ITEMS = 200;
const text = z.string().max(2_000);

/** A Spark session of the notebook. */
export const sessionItemSchema = z.object({
  name: text,
  /** Livy's word, or `not started`. */
  state: text,
  /** Whether cells run in it. */
  current: z.boolean()
});
export type SessionItem = z.infer<typeof sessionItemSchema>;

/** A stream of the notebook; rates are records a second. */
export const streamItemSchema = z.object({
  name: text,
  state: z.enum(STREAM_STATES),
  mode: z.enum(STREAM_MODES).nullable(),
  reason: text,
  session: text,
  inputRate: z.number(),
  resultRate: z.number(),
  latencyMs: z.number().nullable(),
  rows: z.number(),
  backlog: z.number().nullable(),
  /** The views of it that can be opened. */
  views: z.array(z.object({ id: text, title: text })).max(MAX_ITEMS)
});
export type StreamItem = z.infer<typeof streamItemSchema>;

/** A topic that is not internal. */
export const topicItemSchema = z.object({
  name: text,
  partitions: z.number().int(),
  /** Records that it holds. */
  records: z.number(),
  /** Records a second, over the last looks at it. */
  rate: z.number()
});
export type TopicItem = z.infer<typeof topicItemSchema>;

/** A producer of this kernel. */
export const producerItemSchema = z.object({
  name: text,
  topic: text,
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  sent: z.number(),
  /** Null where it is not known beforehand. */
  total: z.number().nullable(),
  rate: z.number(),
  error: text
});
export type ProducerItem = z.infer<typeof producerItemSchema>;

/** What runs for one notebook, as its kernel knows it. Lists are cut at some hundreds of items. */
export const inventorySchema = z.object({
  sessions: z.array(sessionItemSchema).max(MAX_ITEMS),
  streams: z.array(streamItemSchema).max(MAX_ITEMS),
  topics: z.array(topicItemSchema).max(MAX_ITEMS),
  producers: z.array(producerItemSchema).max(MAX_ITEMS)
});
export type Inventory = z.infer<typeof inventorySchema>;

/** Things that a page may end. */
export const ENDABLE = ['stream', 'producer', 'session'] as const;
export type Endable = (typeof ENDABLE)[number];
