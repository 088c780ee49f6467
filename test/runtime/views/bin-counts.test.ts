import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BinCounts } from '../../../src/runtime/views/bin-counts.ts';

const LIMIT = 12;

function binsOf(values: readonly number[], limit = LIMIT) {
  const counts = new BinCounts();
  for (const value of values) counts.add(value);
  return counts.bins(limit);
}

/** Decimals as people write them, of very different sizes. */
const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -6, max: 9 }))
  .map(([digits, exponent]) => Number(`${digits}e${exponent}`));

describe('counts in bins', () => {
  it('are those that counting the numbers by the edges of the bins gives', () => {
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1 }), values => {
        const bins = binsOf(values);
        assert.ok(bins.length <= LIMIT);
        for (const { from, to, n } of bins)
          assert.equal(n, values.filter(value => value >= from && value < to).length);
        assert.equal(
          bins.reduce((sum, { n }) => sum + n, 0),
          values.length
        );
      })
    );
  });

  it('stay true over many merges', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => (index * index) / 1_000);
    const bins = binsOf(values);
    for (const { from, to, n } of bins)
      assert.equal(n, values.filter(value => value >= from && value < to).length);
  });

  it('do not depend on what has been and gone', () => {
    fc.assert(
      fc.property(fc.array(decimal), fc.array(decimal), (kept, gone) => {
        const counts = new BinCounts();
        for (const value of [...gone, ...kept]) counts.add(value);
        for (const value of gone) counts.remove(value);
        const bins = counts.bins(LIMIT);
        assert.equal(
          bins.reduce((sum, { n }) => sum + n, 0),
          kept.length
        );
        assert.ok(bins.every(({ n }) => n >= 0));
      })
    );
  });

  it('have round edges that follow each other', () => {
    assert.deepEqual(binsOf([0.1, 0.3, 0.31], 4), [
      { from: 0.1, to: 0.2, n: 1 },
      { from: 0.2, to: 0.3, n: 0 },
      { from: 0.3, to: 0.4, n: 2 }
    ]);
    assert.deepEqual(
      binsOf([3, 17, 99], 6).map(({ from }) => from),
      [0, 20, 40, 60, 80]
    );
  });

  it('do not cut whole numbers into fractions, nor one number into its digits', () => {
    assert.deepEqual(binsOf([1, 2, 2], 40), [
      { from: 1, to: 2, n: 1 },
      { from: 2, to: 3, n: 2 }
    ]);
    assert.deepEqual(binsOf([0.5], 40), [{ from: 0.5, to: 0.51, n: 1 }]);
  });

  it('take the largest and the smallest doubles', () => {
    const values = [-1e308, -5e-324, 0, 5e-324, 1e-300, 1e308];
    const bins = binsOf(values);
    assert.equal(
      bins.reduce((sum, { n }) => sum + n, 0),
      values.length
    );
  });
});
