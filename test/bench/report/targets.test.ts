import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aligned } from '../../../bench/report/format.ts';
import { targetTable } from '../../../bench/report/targets.ts';

const heap = (updates: number, bytes: number) => ({
  panels: {
    updates: [],
    shares: [],
    many: [{ lineUp: 'Headrace' as const, views: 50, slowest: 4.9, median: 8 }],
    heap: [{ lineUp: 'Headrace' as const, updates, bytes, seconds: 60, nodes: 0 }]
  }
});

describe('targetTable', () => {
  it('says what is met and what is not, and leaves out what was not measured', () => {
    assert.deepEqual(targetTable(heap(100_000, 19e6)).slice(1), [
      ['heap, 100,000 updates', '≤ 20 MB', '19 MB', 'met'],
      ['50 views, slowest', '≥ 5.0 /s', '4.9 /s', 'MISSED']
    ]);
    assert.deepEqual(targetTable({}), []);
  });

  it('does not let a run that was cut short look better', () => {
    assert.deepEqual(targetTable(heap(50_000, 19e6))[1], [
      'heap, 100,000 updates',
      '≤ 20 MB',
      '38 MB',
      'MISSED'
    ]);
  });
});

describe('aligned', () => {
  it('puts names to the left and figures to the right', () => {
    assert.deepEqual(
      aligned([
        ['', 'p50'],
        ['a name', '7 ms']
      ]),
      ['         p50', 'a name  7 ms']
    );
  });
});
