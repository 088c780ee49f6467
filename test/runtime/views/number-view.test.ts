import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NumberView } from '../../../src/runtime/views/number-view.ts';
import { goneRow, liveStatus, resultRow, viewOf } from '../../fakes/views.ts';

const number = viewOf({
  kind: 'number',
  columns: [
    { name: 'time', type: 'time' },
    { name: 'value', type: 'number' }
  ],
  category: null,
  values: ['n'],
  limit: 3
});

const at = (second: number, key: string, n: number | null) => resultRow(key, { n }, second * 1_000);

describe('number', () => {
  it('is the sum over all keys, with its course by seconds', () => {
    const view = new NumberView(number, { keyed: true });
    view.apply([at(1, 'a', 2), at(1, 'b', 3)]);
    view.apply([at(1.5, 'a', 4)]);
    view.apply([at(2, 'b', 1)]);
    const { data, sum, total } = view.frame(liveStatus);
    assert.deepEqual(data, { time: [1_500, 2_000], value: [7, 5] });
    assert.deepEqual([sum, total], [5, 2]);
  });

  it('does not change when rows come again', () => {
    const view = new NumberView(number, { keyed: true });
    const batches = [[at(1, 'a', 2)], [at(2, 'a', 9), at(2, 'b', 1)], [at(3, 'b', 4)]];
    for (const rows of batches) view.apply(rows);
    const before = view.frame(liveStatus);
    for (const rows of batches) view.apply(rows);
    assert.deepEqual(view.frame(liveStatus), before);
  });

  it('keeps the newest samples of its window', () => {
    const view = new NumberView(number, { keyed: true });
    for (let second = 0; second < 9; second += 1) view.apply([at(second, 'a', second)]);
    assert.deepEqual(view.frame(liveStatus).data['value'], [6, 7, 8]);
    const short = new NumberView({ ...number, windowMs: 1_500 }, { keyed: true });
    for (let second = 0; second < 9; second += 1) short.apply([at(second, 'a', second)]);
    assert.deepEqual(short.frame(liveStatus).data['value'], [7, 8]);
  });

  it('has the samples of a long window at longer intervals', () => {
    const view = new NumberView({ ...number, windowMs: 30_000 }, { keyed: true });
    for (let second = 0; second < 60; second += 1) view.apply([at(second, 'a', second)]);
    assert.deepEqual(view.frame(liveStatus).data['value'], [39, 49, 59]);
  });

  it('is unknown while there is no number', () => {
    const view = new NumberView(number, { keyed: true });
    view.apply([at(1, 'a', null)]);
    assert.deepEqual(view.frame(liveStatus).data, { time: [1_000], value: [null] });
    view.apply([at(2, 'a', 3), goneRow('a')]);
    assert.equal(view.frame(liveStatus).sum, null);
  });

  it('is the newest value of single rows, or their count without a value column', () => {
    const rows = [at(1, '1', 5), at(1, '2', 7)];
    const newest = new NumberView(number, { keyed: false });
    const count = new NumberView({ ...number, values: [] }, { keyed: false });
    for (const view of [newest, count]) {
      view.apply(rows);
      view.apply(rows);
    }
    assert.equal(newest.frame(liveStatus).sum, 7);
    assert.equal(count.frame(liveStatus).sum, 2);
  });
});
