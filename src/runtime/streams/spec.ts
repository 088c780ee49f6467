import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { StreamSpec } from './port.ts';

const sourceSchema = z.object({
  topic: z.string().min(1),
  format: z.enum(['text', 'csv', 'json', 'clickstream']),
  schema: z.string().min(1).exactOptional()
});

const querySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wordcount') }),
  z.object({ kind: z.literal('rows') }),
  z.object({ kind: z.literal('sql'), text: z.string().trim().min(1, 'the query is empty') })
]);

/** A stream that can be asked for; messages are clauses that follow the name of the field. */
export const streamSpecSchema = z
  .object({
    name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'may have letters, digits and _ only'),
    sources: z.array(sourceSchema).min(1, 'must name a topic'),
    query: querySchema,
    table: z
      .string()
      .regex(/^\w+(\.\w+)?$/, 'is no table name')
      .exactOptional(),
    from: z.enum(['earliest', 'latest']),
    mode: z.enum(['adaptive', 'real-time', 'micro-batch']),
    maxRealTimeRate: z.number().positive('must be above 0')
  })
  .refine(spec => spec.query.kind === 'sql' || spec.sources.length === 1, {
    path: ['sources'],
    message: 'must be one topic unless the query is SQL'
  })
  .refine(spec => spec.query.kind !== 'wordcount' || spec.sources[0]?.format === 'text', {
    path: ['sources'],
    message: 'of a word count must have the format text'
  });

/** The specification itself where it can be run; rejects with HR_USAGE in one line. */
export function checkSpec(spec: StreamSpec): StreamSpec {
  const checked = streamSpecSchema.safeParse(spec);
  if (checked.success) return spec;
  const issue = checked.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new HeadraceError('HR_USAGE', `The stream cannot be started: ${field} ${issue?.message}`);
}

/** Equal for specifications that may go on from one another's checkpoint: same input, same query. */
export function fingerprint(spec: StreamSpec): string {
  const { sources, query, table, from } = spec;
  const parts = [
    sources.map(({ topic, format, schema }) => [topic, format, schema ?? null]),
    [query.kind, query.kind === 'sql' ? query.text.trim() : null],
    table ?? null,
    from
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
