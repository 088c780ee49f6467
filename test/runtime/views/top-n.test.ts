import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { topN } from '../../../src/runtime/views/top-n.ts';

it('gives what sorting everything and cutting would give', () => {
  const items = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat()), {
    selector: ([value, id]) => `${value}:${id}`
  });
  const order = ([a, idA]: [number, number], [b, idB]: [number, number]) => b - a || idA - idB;
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 30 }), (all, limit) => {
      assert.deepEqual(topN(all, limit, order), [...all].sort(order).slice(0, limit));
    })
  );
});
