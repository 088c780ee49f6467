import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capabilitiesOf } from '../../../src/runtime/livy/capabilities.ts';
import { readWrapped, sqlIsWrapped, wrapSql } from '../../../src/runtime/livy/exact-sql.ts';
import { sqlTable } from '../../../src/runtime/livy/sql-table.ts';
import type { CapabilityOverrides } from '../../../src/runtime/livy/target.ts';

const wrapped = (overrides: CapabilityOverrides): boolean =>
  sqlIsWrapped(capabilitiesOf(null, { type: 'livy', auth: 'none', overrides }));
const printed = (text: string) =>
  readWrapped({ status: 'ok', executionCount: 1, data: { 'text/plain': text } });
const TABLE = { columns: [{ name: 'a', type: 'int' }], rows: [['1']], truncated: true };

describe('SQL by way of PySpark', () => {
  it('is the way wherever PySpark runs and the endpoint has no exact tables', () => {
    assert.equal(wrapped({}), true);
    assert.equal(wrapped({ kinds: ['pyspark', 'spark'], richOutput: true }), true);
    assert.equal(wrapped({ richOutput: true }), false);
    assert.equal(wrapped({ kinds: ['spark', 'sql'] }), false);
  });

  it('sends any text as one line of Python', () => {
    const text = 'SELECT "\\n\'", \'\ud83d\u{1f600}"""\' -- \u2028';
    const code = wrapSql(text);
    assert.ok(!code.includes('\n'));
    const [, program, sent] =
      /^exec\(("(?:[^"\\]|\\.)*"), \{"spark": spark, "text": ("(?:[^"\\]|\\.)*")\}\)$/.exec(code) ??
      [];
    assert.equal(JSON.parse(sent ?? ''), text.replace('\ud83d\u{1f600}', '\ufffd\u{1f600}'));
    assert.match(String(JSON.parse(program ?? '')), /print\(json\.dumps\(table\(text, 1000\)\)\)/);
  });

  it('reads the table among what else is printed', () => {
    const output = printed(`a warning\n${JSON.stringify(TABLE)}\nlater words`);
    assert.deepEqual(sqlTable(output), TABLE);
  });

  it('leaves an error and a foreign text as they are', () => {
    const error = {
      status: 'error',
      executionCount: 1,
      ename: 'AnalysisException',
      evalue: 'x',
      traceback: []
    } as const;
    assert.equal(readWrapped(error), error);
    assert.equal(sqlTable(printed('{"columns": 1')), null);
    assert.equal(printed('words').status, 'ok');
  });
});
