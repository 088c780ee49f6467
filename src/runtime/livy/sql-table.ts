import { z } from 'zod';
import type { StatementOutput } from './port.ts';

/**
 * Key in `data` of a `sql` statement of the local gateway: the same rows as `application/json`, but exact.
 * Livy's own form loses fractions of seconds, digits of decimals and the fact that rows were cut.
 */
export const SQL_TABLE_MIME = 'application/vnd.headrace.table.v1+json';

/** Cells are JSON values; a number that a double cannot hold comes as text. Times are ISO 8601 in UTC. */
export const sqlTableSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  /** More rows exist than are listed. */
  truncated: z.boolean()
});
export type SqlTable = z.infer<typeof sqlTableSchema>;

const livyTableSchema = z.object({
  schema: z.object({ fields: z.array(z.object({ name: z.string(), type: z.unknown() })) }),
  data: z.array(z.array(z.unknown()))
});

/** Rows that a real Livy returns at most (`livy.rsc.sql.num-rows`). */
const LIVY_ROW_LIMIT = 1000;

/** The table of a `sql` statement, or null when the output holds none. */
export function sqlTable(output: StatementOutput): SqlTable | null {
  const exact = sqlTableSchema.safeParse(output.data?.[SQL_TABLE_MIME]);
  if (exact.success) return exact.data;
  const livy = livyTableSchema.safeParse(output.data?.['application/json']);
  if (!livy.success) return null;
  return {
    columns: livy.data.schema.fields.map(({ name, type }) => ({
      name,
      type: typeof type === 'string' ? type : JSON.stringify(type)
    })),
    rows: livy.data.data,
    truncated: livy.data.data.length >= LIVY_ROW_LIMIT
  };
}
