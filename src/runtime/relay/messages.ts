import { z } from 'zod';
import type { KafkaRecord, TopicSpec } from '../kafka/port.ts';

/** JSON that `spark-jobs/headrace/relay.py` reads and prints; a test on both sides holds it. */

/** One thing that is asked of the brokers besides the records of tails. */
export type RelayCall =
  | { readonly op: 'list' }
  | { readonly op: 'create'; readonly topics: readonly TopicSpec[] }
  | { readonly op: 'delete'; readonly topics: readonly string[] }
  | { readonly op: 'ranges'; readonly topics: readonly string[] }
  | { readonly op: 'ends'; readonly topics: readonly string[] }
  | { readonly op: 'describe'; readonly topic: string }
  | { readonly op: 'send'; readonly topic: string; readonly records: readonly KafkaRecord[] }
  | {
      readonly op: 'read';
      readonly topic: string;
      readonly partition: number;
      /** Offsets, as all of them, in digits. */
      readonly from: string;
      readonly to: string;
    };

/** Where a tail goes on in a partition. */
export interface RelayPosition {
  readonly topic: string;
  /** Another topic of the same name has another. */
  readonly topicId: string;
  readonly partition: number;
  readonly offset: string;
}

export interface RelayPoll {
  readonly positions: readonly RelayPosition[];
}

/** All that one statement does. */
export interface TurnRequest {
  /** How long it may wait for the records of tails, milliseconds. */
  readonly waitMs: number;
  readonly calls: readonly (RelayCall & { readonly id: string })[];
  readonly polls: readonly (RelayPoll & { readonly id: string })[];
  /** Tails that have ended. */
  readonly drop: readonly string[];
}

const offset = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const recordSchema = z.tuple([
  offset,
  z.number(),
  z.string().nullable(),
  z.string().nullable(),
  z.record(z.string(), z.string())
]);
export type RelayRecord = z.infer<typeof recordSchema>;

const brokerFailure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('missing'), topic: z.string(), existing: z.array(z.string()) }),
  z.object({ kind: z.literal('exists'), topic: z.string() }),
  z.object({ kind: z.literal('refused'), why: z.string() }),
  z.object({ kind: z.literal('unreachable'), why: z.string() }),
  z.object({ kind: z.literal('fault'), why: z.string() }),
  z.object({ kind: z.literal('unsettled'), topics: z.array(z.string()), hides: z.boolean() }),
  z.object({ kind: z.literal('partition'), partition: z.number(), count: z.number() })
]);
const relayFailure = z.union([
  brokerFailure,
  z.object({ kind: z.literal('unsent'), acknowledged: z.number(), cause: brokerFailure })
]);
export type RelayFailure = z.infer<typeof relayFailure>;

const movedSchema = z.object({
  topic: z.string(),
  partition: z.number(),
  /** The offset to read next. */
  next: offset,
  records: z.array(recordSchema)
});
export type Moved = z.infer<typeof movedSchema>;

function outcome<Answer extends z.ZodType>(answer: Answer) {
  return z.union([z.object({ ok: answer }), z.object({ error: relayFailure })]);
}

export const turnAnswerSchema = z.object({
  calls: z.record(z.string(), outcome(z.unknown())),
  polls: z.record(z.string(), outcome(z.array(movedSchema)))
});
export type TurnAnswer = z.infer<typeof turnAnswerSchema>;

/** The answers of calls, by what they ask. */
export const ANSWERS = {
  list: z.array(z.string()),
  create: z.object({}),
  delete: z.object({}),
  describe: z.object({
    name: z.string(),
    partitions: z.array(
      z.object({
        id: z.number(),
        leader: z.number(),
        replicas: z.array(z.number()),
        isr: z.array(z.number()),
        earliest: offset,
        latest: offset
      })
    ),
    config: z.record(z.string(), z.string())
  }),
  ranges: z.array(
    z.object({
      topic: z.string(),
      topicId: z.string(),
      partition: z.number(),
      earliest: offset,
      latest: offset
    })
  ),
  ends: z.record(z.string(), z.array(offset)),
  send: z.object({ acknowledged: z.number() }),
  read: z.object({ records: z.array(recordSchema), next: offset })
} as const satisfies Readonly<Record<RelayCall['op'], z.ZodType>>;
export type RelayAnswer<Op extends RelayCall['op']> = z.infer<(typeof ANSWERS)[Op]>;
