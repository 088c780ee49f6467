import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { NewestRowsView } from '../../../src/runtime/views/newest-rows-view.ts';
import { goneRow, liveStatus, wordBars, wordRow } from '../../fakes/views.ts';

const limit = 5;
const table = { ...wordBars, kind: 'table' as const, limit };
const numbers = fc.array(fc.nat({ max: 50 }), { maxLength: 60 });

function rowsOf(values: readonly number[]) {
  return values.map(value => wordRow(`k${value}`, value));
}

describe('newest rows', () => {
  it('shows the newest rows first, each key once, and counts all of them', () => {
    fc.assert(
      fc.property(numbers, values => {
        const view = new NewestRowsView(table);
        view.apply(rowsOf(values));
        const distinct = [...new Set(values)];
        const frame = view.frame(liveStatus);
        assert.deepEqual(frame.data.n, distinct.slice(-limit).reverse());
        assert.equal(frame.total, distinct.length);
        assert.equal(frame.status.dropped, Math.max(0, distinct.length - limit));
      })
    );
  });

  it('does not change when rows come a second time, and ignores tombstones', () => {
    fc.assert(
      fc.property(numbers, values => {
        const view = new NewestRowsView(table);
        view.apply(rowsOf(values));
        const before = view.frame(liveStatus);
        view.apply([...rowsOf(values), goneRow('k1')]);
        assert.deepEqual(view.frame(liveStatus), before);
      })
    );
  });

  it('counts as dropped only rows that no frame has shown', () => {
    const view = new NewestRowsView(table);
    for (let value = 0; value < 50; value += 1) {
      view.apply(rowsOf([value]));
      view.frame(liveStatus);
    }
    assert.equal(view.frame(liveStatus).status.dropped, 0);
  });
});
