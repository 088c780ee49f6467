import { z } from 'zod';
import { viewSpecSchema } from '../../shared/view.ts';
import { environmentSpecSchema } from '../aws/environment/spec.ts';
import { sessionResourcesSchema } from '../dependencies/resources.ts';
import type { StreamSpec } from '../streams/port.ts';

/** A stream as it is kept on disk. */
export const streamSpecSchema = z.object({
  name: z.string(),
  sources: z.array(
    z.object({
      topic: z.string(),
      format: z.enum(['text', 'csv', 'json', 'clickstream']),
      schema: z.string().exactOptional()
    })
  ),
  query: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('wordcount') }),
    z.object({ kind: z.literal('rows') }),
    z.object({ kind: z.literal('sql'), text: z.string() })
  ]),
  table: z.string().exactOptional(),
  from: z.enum(['earliest', 'latest']),
  mode: z.enum(['adaptive', 'real-time', 'micro-batch']),
  maxRealTimeRate: z.number()
}) satisfies z.ZodType<StreamSpec>;

const recordedStreamSchema = z.object({ spec: streamSpecSchema, startedAt: z.number() });
const batchSchema = z.object({ id: z.number(), file: z.string(), startedAt: z.number() });

/** Times are epoch milliseconds. */
export const ledgerRecordSchema = z.object({
  version: z.literal(1),
  notebook: z.string(),
  /** Where the notebook was attached last: `local`, or the name of a profile; null after `%provision down`. */
  target: z.string().nullable(),
  /** Identity of the stack it was attached to: another stack has none of the streams and batches below. */
  stackId: z.string().nullable().default(null),
  dependencies: z.object({
    packages: z.array(z.string()),
    conf: z.record(z.string(), z.string()),
    resources: sessionResourcesSchema.default({})
  }),
  streams: z.array(recordedStreamSchema),
  views: z.array(viewSpecSchema),
  /** Topics that this notebook created. */
  topics: z.array(z.string()),
  producers: z.array(z.object({ name: z.string(), topic: z.string(), startedAt: z.number() })),
  /** Batches that this notebook submitted; the id is the endpoint's. */
  batches: z.array(batchSchema).default([]),
  /** What was left running on other targets, by their names. */
  elsewhere: z
    .record(
      z.string(),
      z.object({
        stackId: z.string(),
        streams: z.array(recordedStreamSchema),
        batches: z.array(batchSchema)
      })
    )
    .default({}),
  /** Environments of AWS that this notebook planned, the newest last, so that an apply needs their name only. */
  planned: z.array(environmentSpecSchema).default([])
});
export type LedgerRecord = z.infer<typeof ledgerRecordSchema>;

/** The record of a notebook that has started nothing yet. */
export function emptyRecord(notebook: string): LedgerRecord {
  return {
    version: 1,
    notebook,
    target: null,
    stackId: null,
    dependencies: { packages: [], conf: {}, resources: {} },
    streams: [],
    views: [],
    topics: [],
    producers: [],
    batches: [],
    elsewhere: {},
    planned: []
  };
}
