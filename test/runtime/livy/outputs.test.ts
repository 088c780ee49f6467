import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CELL_OUTPUTS_MIME, cellOutputs } from '../../../src/runtime/livy/cell-outputs.ts';
import { SQL_TABLE_MIME, sqlTable } from '../../../src/runtime/livy/sql-table.ts';

const ok = (data: Record<string, unknown>) => ({ status: 'ok', executionCount: 0, data }) as const;

describe('outputs of a cell', () => {
  it('come in the order in which the gateway lists them', () => {
    const outputs = [
      { type: 'stream', name: 'stdout', text: 'a\n' },
      { type: 'result', data: { 'text/plain': '1' } }
    ];
    const data = { 'text/plain': 'a\n1', [CELL_OUTPUTS_MIME]: outputs };
    assert.deepEqual(cellOutputs(ok(data)), outputs);
  });

  it('are one result from a real Livy', () => {
    const data = { 'text/plain': '2' };
    assert.deepEqual(cellOutputs(ok(data)), [{ type: 'result', data }]);
  });

  it('are none for a cell that shows nothing', () => {
    assert.deepEqual(cellOutputs(ok({ 'text/plain': '' })), []);
  });

  it('of an error are what came before it', () => {
    const printed = [{ type: 'stream', name: 'stdout', text: 'a\n' }];
    const error = {
      status: 'error',
      executionCount: 0,
      ename: '',
      evalue: '',
      traceback: []
    } as const;
    assert.deepEqual(cellOutputs({ ...error, data: { [CELL_OUTPUTS_MIME]: printed } }), printed);
    assert.deepEqual(cellOutputs(error), []);
  });
});

describe('the table of a sql statement', () => {
  const fields = [{ name: 'a', type: 'long', nullable: true, metadata: {} }];
  const livy = (rows: unknown[][]) => ({ 'application/json': { schema: { fields }, data: rows } });

  it('is the exact one where the gateway gives it', () => {
    const exact = { columns: [{ name: 'a', type: 'bigint' }], rows: [['9']], truncated: true };
    assert.deepEqual(sqlTable(ok({ ...livy([[9]]), [SQL_TABLE_MIME]: exact })), exact);
  });

  it('is Livy’s own elsewhere, taken to be cut at Livy’s limit', () => {
    assert.deepEqual(sqlTable(ok(livy([[1]]))), {
      columns: [{ name: 'a', type: 'long' }],
      rows: [[1]],
      truncated: false
    });
    assert.equal(sqlTable(ok(livy(Array.from({ length: 1000 }, () => [1]))))?.truncated, true);
  });

  it('is none for text', () => assert.equal(sqlTable(ok({ 'text/plain': '1' })), null));
});
