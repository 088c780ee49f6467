import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decimate } from '../../../src/runtime/views/decimate.ts';

const points = fc
  .array(fc.tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000 }), fc.nat({ max: 1_000 })), {
    maxLength: 300
  })
  .map(entries =>
    [...new Map(entries.map(([time, a, b]) => [time, [a, b]] as const))]
      .sort(([left], [right]) => left - right)
      .map(([time, values]) => ({ time, values }))
  );

describe('decimated points', () => {
  it('are not more than the limit and keep the ends and the extremes of every series', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 10, max: 100 }), (all, limit) => {
        const kept = decimate(all, limit);
        assert.ok(kept.length <= limit);
        assert.deepEqual([kept[0], kept.at(-1)], [all[0], all.at(-1)]);
        for (const index of [0, 1])
          for (const extreme of [Math.min, Math.max])
            assert.equal(
              extreme(...kept.map(({ values }) => values[index] ?? 0)),
              extreme(...all.map(({ values }) => values[index] ?? 0))
            );
      })
    );
  });

  it('are the newest where the limit leaves no room for extremes', () => {
    const all = [1, 2, 3, 4].map(time => ({ time, values: [time] }));
    assert.deepEqual(decimate(all, 2), all.slice(2));
  });
});
