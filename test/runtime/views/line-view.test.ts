import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ResultRow } from '../../../src/runtime/streams/port.ts';
import { LineView } from '../../../src/runtime/views/line-view.ts';
import type { ViewSpec } from '../../../src/shared/view.ts';
import { goneRow, liveStatus } from '../../fakes/views.ts';

const line: ViewSpec = {
  id: 'view-hits',
  stream: 'hits',
  title: 'Hits',
  kind: 'line',
  columns: [
    { name: 'at', type: 'time' },
    { name: 'hits', type: 'number' },
    { name: 'users', type: 'number' }
  ],
  category: 'at',
  values: ['hits', 'users'],
  series: null,
  windowMs: null,
  definition: null,
  limit: 4
};

function point(key: string, at: number | null, hits: number): ResultRow {
  return { key, row: { at, hits, users: hits * 2 }, eventTime: at, receivedAt: 0 };
}

const updates = fc.array(
  fc.record({
    group: fc.constantFrom('a', 'b', 'c'),
    minute: fc.integer({ min: 0, max: 3 }),
    hits: fc.nat({ max: 9 })
  })
);

describe('line over aggregated rows', () => {
  it('adds the newest values of all groups of a time', () => {
    fc.assert(
      fc.property(updates, changes => {
        const view = new LineView(line, { keyed: true });
        const last = new Map<string, { minute: number; hits: number }>();
        for (const { group, minute, hits } of changes) {
          last.set(`${minute}/${group}`, { minute, hits });
          view.apply([point(`${minute}/${group}`, minute * 60_000, hits)]);
        }
        const sums = new Map<number, number>();
        for (const { minute, hits } of last.values())
          sums.set(minute, (sums.get(minute) ?? 0) + hits);
        const times = [...sums.keys()].sort((a, b) => a - b);
        const { data } = view.frame(liveStatus);
        assert.deepEqual(
          data.at,
          times.map(minute => minute * 60_000)
        );
        assert.deepEqual(
          data.hits,
          times.map(minute => sums.get(minute))
        );
        assert.deepEqual(
          data.users,
          times.map(minute => 2 * (sums.get(minute) ?? 0))
        );
      })
    );
  });

  it('does not change when rows come a second time, whatever left the window', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), minutes => {
        const rows = minutes.map((minute, index) => point(`${minute}`, minute * 60_000, index));
        const view = new LineView(line, { keyed: true });
        view.apply(rows);
        const before = view.frame(liveStatus).data;
        view.apply(rows);
        assert.deepEqual(view.frame(liveStatus).data, before);
      })
    );
  });

  it('keeps the newest times only', () => {
    const view = new LineView(line, { keyed: true });
    for (let minute = 0; minute < 10; minute += 1)
      view.apply([point(`${minute}`, minute * 60_000, minute)]);
    view.apply([point('0', 0, 100)]);
    assert.deepEqual(view.frame(liveStatus).data.hits, [6, 7, 8, 9]);
  });

  it('takes back a group that is gone', () => {
    const view = new LineView(line, { keyed: true });
    view.apply([point('a', 0, 1), point('b', 0, 2), goneRow('a')]);
    assert.deepEqual(view.frame(liveStatus).data.hits, [2]);
    view.apply([goneRow('b')]);
    assert.deepEqual(view.frame(liveStatus).data.hits, []);
  });

  it('bounds the groups it remembers, and counts those it could not keep', () => {
    const view = new LineView(line, { keyed: true, maxKeys: 10 });
    view.apply(Array.from({ length: 25 }, (_, index) => point(`${index}`, 0, 1)));
    const frame = view.frame(liveStatus);
    assert.deepEqual(frame.data.hits, [10]);
    assert.equal(frame.status.dropped, 15);
  });
});

describe('line over single rows', () => {
  it('averages the rows of a second, each row once', () => {
    const view = new LineView(line, { keyed: false });
    const rows = [point('1', 1_000, 1), point('2', 1_999, 3), point('3', 2_000, 7)];
    view.apply(rows);
    view.apply(rows);
    assert.deepEqual(view.frame(liveStatus).data.at, [1_000, 2_000]);
    assert.deepEqual(view.frame(liveStatus).data.hits, [2, 7]);
    assert.equal(view.frame(liveStatus).total, 3);
  });

  it('counts rows without a time as dropped', () => {
    const view = new LineView(line, { keyed: false });
    view.apply([point('1', null, 1)]);
    assert.equal(view.frame(liveStatus).status.dropped, 1);
  });
});

const slots = Array.from({ length: 8 }, (_, slot) => ({
  name: `s${slot}`,
  type: 'number' as const
}));
const bySeries: ViewSpec = {
  ...line,
  columns: [{ name: 'at', type: 'time' }, ...slots],
  values: slots.map(({ name }) => name),
  measured: 'hits',
  series: 'page',
  limit: 100
};

function visit(page: string | null, at: number, hits: number): ResultRow {
  const key = `${page}/${at}`;
  return { key, row: { at, page, hits }, eventTime: at, receivedAt: 0 };
}

describe('line by series', () => {
  it('gives the largest of the first rows their slots, and keeps them', () => {
    const view = new LineView(bySeries, { keyed: true });
    view.apply([visit('a', 0, 1), visit('b', 0, 5)]);
    view.apply([visit('c', 1, 9), visit('a', 1, 7)]);
    const { data, labels } = view.frame(liveStatus);
    assert.deepEqual(labels, { s0: 'b', s1: 'a', s2: 'c' });
    assert.deepEqual(
      [data['s0'], data['s1'], data['s2']],
      [
        [5, null],
        [1, 7],
        [null, 9]
      ]
    );
  });

  it('counts the series that have no slot, each once', () => {
    const view = new LineView(bySeries, { keyed: true });
    const rows = Array.from({ length: 11 }, (_, index) => visit(`p${index}`, 0, index));
    view.apply(rows);
    view.apply(rows);
    const frame = view.frame(liveStatus);
    assert.equal(frame.status.dropped, 3);
    assert.equal(frame.labels['s7'], 'p3');
    assert.equal(frame.total, 8);
  });

  it('takes a row without a series for one, and back what is gone', () => {
    const view = new LineView(bySeries, { keyed: true });
    view.apply([visit(null, 0, 1), visit('a', 0, 2), goneRow('a/0')]);
    const { data, labels } = view.frame(liveStatus);
    assert.deepEqual(labels, { s0: 'a', s1: '(none)' });
    assert.deepEqual([data['s0'], data['s1']], [[null], [1]]);
  });

  it('averages single rows for each series', () => {
    const view = new LineView(bySeries, { keyed: false });
    view.apply([visit('a', 0, 1), visit('a', 400, 3), visit('b', 500, 9)]);
    const { data } = view.frame(liveStatus);
    assert.deepEqual([data['at'], data['s0'], data['s1']], [[0], [9], [2]]);
  });
});

describe('line with a window', () => {
  it('reaches back from the newest time', () => {
    const view = new LineView({ ...line, windowMs: 120_000 }, { keyed: true });
    for (let minute = 0; minute < 10; minute += 1)
      view.apply([point(`${minute}`, minute * 60_000, minute)]);
    assert.deepEqual(view.frame(liveStatus).data.hits, [7, 8, 9]);
  });

  it('keeps the spikes where it has more times than a frame may carry', () => {
    const view = new LineView({ ...line, windowMs: 3_600_000, limit: 50 }, { keyed: true });
    view.apply(
      Array.from({ length: 3_000 }, (_, second) =>
        point(`${second}`, second * 1_000, second === 1_234 ? 99 : 1)
      )
    );
    const hits = view.frame(liveStatus).data.hits ?? [];
    assert.ok(hits.length <= 50);
    assert.ok(hits.includes(99));
  });
});
