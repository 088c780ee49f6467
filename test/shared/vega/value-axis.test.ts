import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { roundUp, valueEnds } from '../../../src/shared/vega/value-axis.ts';

describe('ends of a value axis', () => {
  it('are round, and hold zero', () => {
    assert.deepEqual(valueEnds([3, 17], null), { low: 0, top: 20 });
    assert.deepEqual(valueEnds([-3, null, 17], null), { low: -3, top: 20 });
    assert.deepEqual(valueEnds([], null), { low: 0, top: 1 });
  });

  it('grow at once and shrink only when a third would do', () => {
    const before = { low: 0, top: 100 };
    assert.equal(valueEnds([101], before).top, 150);
    assert.equal(valueEnds([40], before).top, 100);
    assert.equal(valueEnds([30], before).top, 30);
  });

  it('are the next step above, whatever the size', () => {
    assert.deepEqual([0.012, 1, 1.1, 9.5, 1e15 + 1].map(roundUp), [0.015, 1, 1.5, 10, 1.5e15]);
  });
});
