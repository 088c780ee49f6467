import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tablesOf } from '../../../src/magics/stream/query-topics.ts';

describe('the tables of a query', () => {
  it('are found after FROM and JOIN, quoted or plain, each once', () => {
    const sql = 'select * from `a-b` x join c.d on x.k = y.k left join\n`a-b` z on true';
    assert.deepEqual(tablesOf(sql), ['a-b', 'c.d']);
  });

  it('are not looked for in comments and texts', () => {
    const sql = "SELECT 'from x' FROM a -- from y\n/* join\nz */ WHERE b = 'it\\'s from q'";
    assert.deepEqual(tablesOf(sql), ['a']);
  });
});
