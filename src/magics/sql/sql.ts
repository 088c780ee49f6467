import { z } from 'zod';
import type { StatementOutput } from '../../runtime/livy/port.ts';
import { sqlTable, type SqlTable } from '../../runtime/livy/sql-table.ts';
import type { NotebookSession } from '../../runtime/session-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { formatCount, formatPlural } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';
import { identifier } from '../parser/common-arguments.ts';
import { readySession } from '../statement/ready-session.ts';
import { completeSessions, sessionArgument } from '../statement/session-argument.ts';
import { sqlError } from './sql-error.ts';

/** The most rows that a Livy SQL statement returns. */
const MAX_ROWS = 1_000;
const NUMERIC = /^(?:tinyint|smallint|int|integer|bigint|byte|short|long|float|double|decimal)\b/i;

export const sql = defineMagic({
  name: 'sql',
  kinds: ['line', 'cell'],
  summary: 'Runs a SQL statement over streams, tables and views, and shows the rows as a table.',
  raw: 'query',
  args: z.object({
    as: identifier
      .optional()
      .describe('Keeps the result as a temporary view and a Python variable of this name.'),
    limit: z
      .int()
      .positive()
      .max(MAX_ROWS)
      .default(MAX_ROWS)
      .describe('How many rows are shown at most.'),
    session: sessionArgument,
    query: z.string().optional().describe('The statement, up to the end of the line.')
  }),
  body: 'the statement, over as many lines as it needs.',
  bodyKind: 'sql',
  examples: [
    '%sql SELECT word, n FROM counts ORDER BY n DESC LIMIT 10',
    '%%sql --as top_pages\nSELECT url, count(*) AS n\nFROM csmessages\nGROUP BY url'
  ],
  complete: (argument, runtime) =>
    argument === 'session' ? completeSessions(runtime) : Promise.resolve([]),
  async run({ query, as, limit, session: sessionName }, body, context) {
    const text = [query, body]
      .filter(part => part !== undefined && part !== null)
      .join('\n')
      .trim()
      .replace(/;$/, '');
    if (text === '')
      throw new HeadraceError('HR_USAGE', '%sql has no statement', {
        next: 'Write it after %sql, or below %%sql.'
      });
    const session = await readySession(context, sessionName);
    if (as !== undefined) await keepResult(text, as, session, context);
    const shown = as === undefined ? text : `SELECT * FROM ${as}`;
    const output = await runStatement(shown, 'sql', session, context);
    const table = sqlTable(output);
    if (table === null || table.columns.length === 0) context.display.stdout('Done; no rows.\n');
    else context.display.result(tableBundle(present(table, limit)));
  }
});

/** JSON text is a Python literal as well, but for the name of its empty value, which is not used here. */
async function keepResult(
  text: string,
  name: string,
  session: NotebookSession,
  context: CellContext
): Promise<void> {
  const code = `${name} = spark.sql(${JSON.stringify(text)})\n${name}.createOrReplaceTempView(${JSON.stringify(name)})`;
  await runStatement(code, 'pyspark', session, context);
}

async function runStatement(
  code: string,
  kind: 'sql' | 'pyspark',
  session: NotebookSession,
  context: CellContext
): Promise<StatementOutput> {
  const output = await session.run(code, kind, { signal: context.signal });
  if (output.status === 'error') throw sqlError(output);
  return output;
}

function present({ columns, rows, truncated }: SqlTable, limit: number) {
  const shown = rows.slice(0, limit);
  const more = truncated || rows.length > limit;
  return {
    columns: columns.map(({ name, type }) => ({ name, numeric: NUMERIC.test(type) })),
    rows: shown.map(row => row.map(cellText)),
    note: more
      ? `The first ${formatCount(shown.length)} rows of more.`
      : `${formatPlural(shown.length, 'row')}.`
  };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
