import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HistogramView } from '../../../src/runtime/views/histogram-view.ts';
import { goneRow, liveStatus, resultRow, viewOf } from '../../fakes/views.ts';

const histogram = viewOf({
  kind: 'histogram',
  columns: [
    { name: 'from', type: 'number' },
    { name: 'to', type: 'number' },
    { name: 'n', type: 'number' }
  ],
  category: 'ms',
  values: ['n'],
  limit: 10
});

describe('histogram', () => {
  it('counts the newest value of each key, and not one twice when rows come again', () => {
    const updates = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 500 })));
    fc.assert(
      fc.property(updates, changes => {
        const view = new HistogramView(histogram, { keyed: true });
        const rows = changes.map(([key, ms]) => resultRow(key, { ms }));
        view.apply(rows);
        const { data } = view.frame(liveStatus);
        const newest = [...new Map(changes).values()];
        (data['n'] ?? []).forEach((n, at) => {
          const [from, to] = [Number(data['from']?.[at]), Number(data['to']?.[at])];
          assert.equal(n, newest.filter(ms => ms >= from && ms < to).length);
        });
        view.apply(rows);
        assert.deepEqual(view.frame(liveStatus).data, data);
      })
    );
  });

  it('counts single rows once', () => {
    const view = new HistogramView(histogram, { keyed: false });
    const rows = [resultRow('1', { ms: 3 }), resultRow('2', { ms: 3 })];
    view.apply(rows);
    view.apply(rows);
    assert.deepEqual(view.frame(liveStatus).data, { from: [3], to: [4], n: [2] });
  });

  it('takes a key that is gone out of its bin', () => {
    const view = new HistogramView(histogram, { keyed: true });
    view.apply([resultRow('a', { ms: 3 }), goneRow('a')]);
    assert.deepEqual(view.frame(liveStatus).data, { from: [], to: [], n: [] });
  });

  it('counts rows without a number, and keys above the limit, as dropped', () => {
    const view = new HistogramView(histogram, { keyed: true, maxKeys: 3 });
    const rows = ['a', 'b', 'c', 'd'].map(key => resultRow(key, { ms: key === 'a' ? null : 1 }));
    view.apply([...rows, ...rows]);
    const frame = view.frame(liveStatus);
    assert.equal(frame.status.dropped, 2);
    assert.equal(frame.total, 2);
  });
});
