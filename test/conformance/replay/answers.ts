import { wrapSql } from '../../../src/runtime/livy/exact-sql.ts';
import { readCaptures, recordedJson } from '../captures.ts';
import { z } from 'zod';

const outputSchema = z.looseObject({ status: z.string(), execution_count: z.number() });
const statementSchema = z.object({
  code: z.string(),
  state: z.literal('available'),
  output: outputSchema
});
export type RecordedOutput = z.infer<typeof outputSchema>;

/** Code that runs until it is cancelled; another part of it says how it takes that. */
export const ENDLESS = 'import time\ntime.sleep(3600)';
/** Livy calls it cancelled while it goes on in the session, and gives its output later all the same. */
export const UNSTOPPABLE = 'Thread.sleep(45000); println("woke")';

/** What a Livy without our gateway's exact tables prints for SQL that was sent as PySpark. */
const TABLES: Readonly<Record<string, string>> = {
  'SELECT 1 AS a': '{"columns": [{"name": "a", "type": "int"}], "rows": [[1]], "truncated": false}'
};

/** The recorded output of a statement, or null where none was recorded. */
export class RecordedAnswers {
  readonly #outputs = new Map<string, RecordedOutput>();

  constructor() {
    for (const capture of readCaptures().values()) {
      const kind = /^statement-(?:shared-)?(spark|pyspark|sql)\b/.exec(capture.name)?.[1];
      const statement = statementSchema.safeParse(recordedJson(capture)).data;
      if (kind === undefined || statement === undefined) continue;
      const key = `${kind}\n${statement.code}`;
      if (!this.#outputs.has(key)) this.#outputs.set(key, statement.output);
    }
    this.#addWrapped();
  }

  of(kind: string, code: string): RecordedOutput | null {
    if (code === '6 * 7') return okText('42');
    return this.#outputs.get(`${kind}\n${code}`) ?? null;
  }

  /** PySpark raises for a missing table what was recorded for `spark.sql`. */
  #addWrapped(): void {
    for (const [text, table] of Object.entries(TABLES))
      this.#outputs.set(`pyspark\n${wrapSql(text)}`, okText(table));
    const missing = this.of('pyspark', 'spark.sql("select * from nosuchtable")');
    if (missing !== null)
      this.#outputs.set(`pyspark\n${wrapSql('SELECT * FROM nosuchtable')}`, missing);
  }
}

function okText(text: string): RecordedOutput {
  return { status: 'ok', execution_count: 0, data: { 'text/plain': text } };
}
