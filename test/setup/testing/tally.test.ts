import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeTally, pytestTally, settleTally } from '../../../src/setup/testing/tally.ts';
import { summaryLines } from '../../../src/setup/testing/summary.ts';

describe('tallies', () => {
  it('reads the report of node, where what did not run counts as failed', () => {
    const report = [
      'ℹ tests 9',
      'ℹ pass 5',
      'ℹ fail 1',
      'ℹ cancelled 1',
      'ℹ skipped 2',
      'ℹ todo 0'
    ];
    assert.deepEqual(nodeTally(report), { passed: 5, failed: 4 });
  });

  it('reads the last line of pytest', () => {
    assert.deepEqual(
      pytestTally(['1 failed here', '=== 2 failed, 7 passed, 1 error in 1.20s ===']),
      {
        passed: 7,
        failed: 3
      }
    );
  });

  it('lets no group pass in silence', () => {
    assert.deepEqual(settleTally({ passed: 3, failed: 0 }, 0), { passed: 3, failed: 0 });
    assert.deepEqual(settleTally({ passed: 3, failed: 0 }, 1), { passed: 3, failed: 1 });
    assert.deepEqual(settleTally({ passed: 3, failed: 0 }, null), { passed: 3, failed: 1 });
    assert.deepEqual(settleTally({ passed: 0, failed: 0 }, 0), { passed: 0, failed: 1 });
  });
});

describe('summaryLines', () => {
  it('ends with the sums', () => {
    const outcome = {
      name: 'unit',
      passed: 12,
      failed: 1,
      seconds: 3.21,
      logFile: '',
      excerpt: []
    };
    const lines = summaryLines([outcome, { ...outcome, name: 'python', passed: 100, failed: 0 }]);
    assert.equal(lines.at(-1), '112 passed, 1 failed');
    assert.ok(lines.includes('✗  unit        12       1  3.2 s'));
    assert.ok(lines.includes('✓  python     100       0  3.2 s'));
  });
});
