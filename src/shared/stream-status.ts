import { z } from 'zod';

/** States of a stream; every front end draws the same machine. */
export const STREAM_STATES = [
  'planned',
  'starting',
  'live',
  'stalled',
  'stopping',
  'stopped',
  'failed'
] as const;
export type StreamState = (typeof STREAM_STATES)[number];

const NEXT: Record<StreamState, readonly StreamState[]> = {
  planned: ['starting', 'stopped', 'failed'],
  starting: ['live', 'stopping', 'stopped', 'failed'],
  live: ['stalled', 'starting', 'stopping', 'stopped', 'failed'],
  stalled: ['live', 'starting', 'stopping', 'stopped', 'failed'],
  stopping: ['stopped', 'failed'],
  stopped: ['starting'],
  failed: ['starting']
};

/** The state after an event: an impossible step leaves the state as it is. */
export function nextState(from: StreamState, to: StreamState): StreamState {
  return NEXT[from].includes(to) ? to : from;
}

export function isFinal(state: StreamState): boolean {
  return state === 'stopped' || state === 'failed';
}

/** How Spark runs the query just now. */
export const STREAM_MODES = ['catch-up', 'real-time', 'micro-batch'] as const;
export type StreamMode = (typeof STREAM_MODES)[number];

/** What the strip above a live view says. Rates are records per second, times epoch milliseconds. */
export const streamStatusSchema = z.object({
  state: z.enum(STREAM_STATES),
  mode: z.enum(STREAM_MODES).nullable(),
  /** One sentence: why this mode, or why the stream failed. */
  reason: z.string(),
  /** Input records per second over the last few seconds, from Kafka offsets. */
  inputRate: z.number(),
  /** Result rows per second over the last few seconds. */
  resultRate: z.number(),
  /** Produce to result row, median of the last few seconds; null before the first row. */
  latencyMs: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  /** Result rows received since the start. */
  rows: z.number(),
  /** Rows that a view did not show because its buffer was full. */
  dropped: z.number(),
  /** Records that could not be parsed and went to the dead-letter topic. */
  dead: z.number(),
  /** Input records that wait to be processed; null where unknown. */
  backlog: z.number().nullable(),
  /** Number of the last finished batch; null before the first one, and in the middle of real-time mode. */
  batch: z.number().nullable().default(null),
  /** Records that the topics hold now; null where unknown. */
  topicRecords: z.number().nullable().default(null),
  /** Records that came into the topics since the place where the stream began; null where unknown. */
  offered: z.number().nullable().default(null),
  /** Input rows that came later than the watermark allows and were left out. */
  late: z.number().default(0),
  /** Event time up to which windows are closed, epoch milliseconds; null for a query without a watermark. */
  watermark: z.number().nullable().default(null),
  startedAt: z.number().nullable(),
  updatedAt: z.number()
});
export type StreamStatus = z.infer<typeof streamStatusSchema>;

/** The status of a stream of which nothing is known but its state; `now` in epoch milliseconds. */
export function blankStatus(now: number, state: StreamState = 'planned'): StreamStatus {
  return {
    state,
    mode: null,
    reason: '',
    inputRate: 0,
    resultRate: 0,
    latencyMs: null,
    latencyP95Ms: null,
    rows: 0,
    dropped: 0,
    dead: 0,
    backlog: null,
    batch: null,
    topicRecords: null,
    offered: null,
    late: 0,
    watermark: null,
    startedAt: null,
    updatedAt: now
  };
}
