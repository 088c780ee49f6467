import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HeatmapView } from '../../../src/runtime/views/heatmap-view.ts';
import type { Column, ViewSpec } from '../../../src/shared/view.ts';
import { goneRow, liveStatus, resultRow, viewOf } from '../../fakes/views.ts';

function heatmap(across: Column['type'], limit = 9): ViewSpec {
  return viewOf({
    kind: 'heatmap',
    columns: [
      { name: 'at', type: across },
      { name: 'page', type: 'text' },
      { name: 'n', type: 'number' }
    ],
    category: 'at',
    series: 'page',
    values: ['n'],
    limit
  });
}

const cell = (at: string | number, page: string, n: number) =>
  resultRow(`${at}/${page}`, { at, page, n });

describe('heat map', () => {
  it('has the sum of every cell, and does not change when rows come again', () => {
    const updates = fc.array(
      fc.record({
        key: fc.nat({ max: 5 }),
        at: fc.constantFrom('a', 'b', 'c'),
        page: fc.constantFrom('x', 'y', 'z'),
        n: fc.nat({ max: 9 })
      })
    );
    fc.assert(
      fc.property(updates, changes => {
        const view = new HeatmapView(heatmap('text'), { keyed: true });
        const rows = changes.map(({ key, ...row }) => resultRow(`${key}`, row));
        view.apply(rows);
        const frame = view.frame(liveStatus);
        const newest = [...new Map(changes.map(change => [change.key, change])).values()];
        frame.data['n']?.forEach((n, index) => {
          const same = newest.filter(
            row => row.at === frame.data['at']?.[index] && row.page === frame.data['page']?.[index]
          );
          assert.equal(n, same.length === 0 ? null : same.reduce((sum, row) => sum + row.n, 0));
        });
        assert.equal(frame.total, newest.length);
        view.apply(rows);
        assert.deepEqual(view.frame(liveStatus), frame);
      })
    );
  });

  it('is a whole grid, the largest first, with nothing where no rows are', () => {
    const view = new HeatmapView(heatmap('text'), { keyed: true });
    view.apply([cell('a', 'x', 1), cell('b', 'x', 5), cell('b', 'y', 9)]);
    assert.deepEqual(view.frame(liveStatus).data, {
      at: ['b', 'b', 'a', 'a'],
      page: ['y', 'x', 'y', 'x'],
      n: [9, 5, null, 1]
    });
  });

  it('shows the newest times, in their order', () => {
    const view = new HeatmapView(heatmap('time', 4), { keyed: true });
    for (const at of [3, 1, 2])
      for (const page of ['x', 'y', 'z']) view.apply([cell(at, page, 9 - at)]);
    const { data } = view.frame(liveStatus);
    assert.deepEqual(data['at'], [2, 2, 3, 3]);
    assert.deepEqual(data['page'], ['x', 'y', 'x', 'y']);
  });

  it('changes a rank only when it is clear', () => {
    const view = new HeatmapView(heatmap('text'), { keyed: true });
    const order = (): unknown => view.frame(liveStatus).data['at'];
    view.apply([cell('a', 'x', 100), cell('b', 'x', 99)]);
    assert.deepEqual(order(), ['a', 'b']);
    view.apply([cell('b', 'x', 105)]);
    assert.deepEqual(order(), ['a', 'b']);
    view.apply([cell('b', 'x', 120)]);
    assert.deepEqual(order(), ['b', 'a']);
  });

  it('forgets a column that is gone', () => {
    const view = new HeatmapView(heatmap('text'), { keyed: true });
    view.apply([cell('a', 'x', 1), cell('b', 'x', 5), goneRow('b/x')]);
    assert.deepEqual(view.frame(liveStatus).data['at'], ['a']);
  });

  it('never has more cells than its limit', () => {
    const view = new HeatmapView(heatmap('text', 50), { keyed: false });
    for (let at = 0; at < 40; at += 1)
      for (let page = 0; page < 3; page += 1) view.apply([cell(`a${at}`, `p${page}`, at)]);
    const { data } = view.frame(liveStatus);
    assert.equal(data['n']?.length, 42);
    assert.equal(data['at']?.[0], 'a39');
  });
});
