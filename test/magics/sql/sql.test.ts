import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatementOutput } from '../../../src/runtime/livy/port.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';
import { ok } from '../../fakes/scripted-session.ts';

function livyTable(rows: readonly (readonly unknown[])[]): StatementOutput {
  const fields = [
    { name: 'word', type: 'string', nullable: true, metadata: {} },
    { name: 'n', type: 'bigint', nullable: true, metadata: {} }
  ];
  return ok({ 'application/json': { schema: { type: 'struct', fields }, data: rows } });
}

function failure(ename: string, evalue: string): StatementOutput {
  return { status: 'error', executionCount: 0, ename, evalue, traceback: ['plan', 'frames'] };
}

describe('%sql', () => {
  it('sends the rest of the line as it stands and shows a table', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () =>
      Promise.resolve(
        livyTable([
          ['<b>', 3],
          [null, 20]
        ])
      );
    const { results } = await cell(`%sql SELECT word, n FROM counts WHERE word <> 'it''s'`);
    assert.deepEqual(notebook.session.statements, [
      { code: `SELECT word, n FROM counts WHERE word <> 'it''s'`, kind: 'sql' }
    ]);
    const [bundle] = results;
    assert.equal(bundle?.['text/plain'], 'word   n\n----  --\n<b>    3\nNULL  20\n2 rows.');
    const html = String(bundle['text/html']);
    assert.match(
      html,
      /<td style="text-align: left">&lt;b&gt;<\/td><td style="text-align: right;[^"]*">3</
    );
  });

  it('takes its statement from the cell and says where it stopped', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () => Promise.resolve(livyTable(Array(30).fill(['a', 1])));
    const { text } = await cell('%%sql --limit 10\nSELECT *\nFROM counts;\n');
    assert.equal(notebook.session.statements[0]?.code, 'SELECT *\nFROM counts');
    assert.match(text, /The first 10 rows of more\./);
    assert.equal(text.match(/^a/gm)?.length, 10);
  });

  it('says that a full Livy answer may be cut', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () => Promise.resolve(livyTable(Array(1000).fill(['a', 1])));
    assert.match((await cell('%sql SELECT 1')).text, /The first 1,000 rows of more\./);
  });

  it('keeps a result under a name for Python and for SQL', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () => Promise.resolve(livyTable([]));
    await cell('%%sql --as top\nSELECT "a" -- é\nFROM x');
    assert.deepEqual(notebook.session.statements, [
      {
        code: 'top = spark.sql("SELECT \\"a\\" -- é\\nFROM x")\ntop.createOrReplaceTempView("top")',
        kind: 'pyspark'
      },
      { code: 'SELECT * FROM top', kind: 'sql' }
    ]);
  });

  it('says that a statement without rows is done', async test => {
    const { cell } = await openCells(test);
    assert.equal((await cell('%sql CREATE TABLE t (a INT)')).out, 'Done; no rows.\n');
  });

  const errors: readonly [evalue: string, line: RegExp][] = [
    [
      "[TABLE_OR_VIEW_NOT_FOUND] The table or view `count` cannot be found. Verify the spelling. SQLSTATE: 42P01; line 1 pos 14;\n'Project [*]\n",
      /^The table or view `count` cannot be found \(line 1, column 15\)\.$/
    ],
    [
      "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'FORM'. SQLSTATE: 42601 (line 2, pos 4)\n\n== SQL ==\nSELECT a\n    FORM b\n----^^^\n",
      /^Syntax error at or near 'FORM' \(line 2, column 5\)\.$/
    ],
    [
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `x` cannot be resolved. Did you mean one of the following? [`ip`, `url`]. SQLSTATE: 42703; line 1 pos 7;\n',
      /^A column with name `x` cannot be resolved \(line 1, column 8\)\. Did you mean one of the following\? \[`ip`, `url`\]$/
    ],
    ['org.apache.spark.SparkException: Job aborted.\n\nDriver stacktrace:', /^Job aborted/]
  ];
  for (const [evalue, line] of errors)
    it(`reports ${String(line)}`, async test => {
      const { cell, notebook } = await openCells(test);
      notebook.session.answer = () => Promise.resolve(failure('AnalysisException', evalue));
      await assert.rejects(cell('%sql SELECT * FROM count'), failsWith('HR_SQL', line));
    });

  it('refuses an empty statement and a limit that Livy cannot give', async test => {
    const { cell } = await openCells(test);
    await assert.rejects(cell('%sql'), failsWith('HR_USAGE', /%sql has no statement/));
    await assert.rejects(
      cell('%sql --limit 5000 SELECT 1'),
      failsWith('HR_USAGE', /at most 1,000/)
    );
  });
});
