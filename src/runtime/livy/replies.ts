import { z } from 'zod';
import type { SessionState, Statement, StatementKind, StatementOutput } from './port.ts';

const SESSION_STATES = [
  'not_started',
  'starting',
  'recovering',
  'idle',
  'running',
  'busy',
  'shutting_down',
  'error',
  'dead',
  'killed',
  'success'
] as const satisfies readonly SessionState[];

const STATEMENT_KINDS = ['pyspark', 'sql', 'spark'] as const satisfies readonly StatementKind[];

const STATEMENT_STATES = [
  'waiting',
  'running',
  'available',
  'error',
  'cancelling',
  'cancelled'
] as const satisfies readonly Statement['state'][];

/** A session as any release of Livy lists it; a state that is not known is not final. */
export const sessionSchema = z.object({
  id: z.number(),
  name: z.string().nullish().default(null),
  state: z.enum(SESSION_STATES).or(z.literal('unknown')).catch('unknown'),
  kind: z
    .string()
    .nullish()
    .transform(kind => kind ?? 'shared'),
  appId: z.string().nullish().default(null),
  log: z
    .array(z.string())
    .nullish()
    .transform(log => log ?? [])
});

/** The page of a list of sessions; it may be cut, `total` counts all. */
export const sessionListSchema = z.object({
  total: z.number().catch(0),
  sessions: z.array(sessionSchema)
});

/** Some releases call the number of all lines `size`. */
export const logSchema = z.object({
  from: z.number().catch(0),
  total: z.number().optional().catch(undefined),
  log: z
    .array(z.string())
    .nullish()
    .transform(log => log ?? [])
});

const dataSchema = z.record(z.string(), z.unknown());
const textsSchema = z.array(z.string()).catch([]);

const outputSchema = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('ok'), execution_count: z.number(), data: dataSchema }),
    z.object({
      status: z.literal('error'),
      execution_count: z.number(),
      ename: z.string().catch('Error'),
      evalue: z.string().catch(''),
      traceback: textsSchema,
      data: dataSchema.optional()
    })
  ])
  .transform((output): StatementOutput => {
    if (output.status === 'ok')
      return { status: 'ok', executionCount: output.execution_count, data: output.data };
    const { ename, evalue, traceback, data, execution_count: executionCount } = output;
    const error = { status: 'error', executionCount, ename, evalue, traceback } as const;
    return data === undefined ? error : { ...error, data };
  });

/** A statement; one in a state that is not known is taken to run. */
export const statementSchema = z.object({
  id: z.number(),
  state: z.enum(STATEMENT_STATES).catch('running'),
  code: z.string().nullish().default(null),
  output: outputSchema.nullable().default(null),
  progress: z.number().catch(0)
});

/** Newest statements; `total_statements` counts those that are kept. */
export const statementListSchema = z.object({
  total_statements: z.number().catch(0),
  statements: z.array(statementSchema)
});

export const completionSchema = z.object({ candidates: z.array(z.string()).catch([]) });

const kindsSchema = z
  .array(z.string())
  .transform(kinds => STATEMENT_KINDS.filter(kind => kinds.includes(kind)));

/** `GET /version`; our gateway adds what else it can do. */
export const versionSchema = z.object({
  version: z.string(),
  headrace: z
    .object({
      sparkVersion: z.string(),
      scalaVersion: z.string().exactOptional(),
      kinds: kindsSchema,
      localFiles: z.boolean(),
      realTimeMode: z.boolean(),
      richOutput: z.boolean().exactOptional()
    })
    .optional()
});
