import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ResultRow } from '../../../src/runtime/streams/port.ts';
import { KeyedView } from '../../../src/runtime/views/keyed-view.ts';
import { goneRow, liveStatus, wordBars, wordRow } from '../../fakes/views.ts';

const words = fc.constantFrom('to', 'be', 'or', 'not', 'that', 'is', 'the', 'question');
const upserts = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(words, fc.integer({ min: 0, max: 9 })) },
    { weight: 1, arbitrary: fc.tuple(words, fc.constant(null)) }
  )
);

function toRows(changes: readonly (readonly [string, number | null])[]): ResultRow[] {
  return changes.map(([word, n]) => (n === null ? goneRow(word) : wordRow(word, n)));
}

/** The counts that remain, computed in the plainest way. */
function expected(changes: readonly (readonly [string, number | null])[]): [string, number][] {
  const last = new Map<string, number>();
  for (const [word, n] of changes) {
    if (n === null) last.delete(word);
    else last.set(word, n);
  }
  return [...last].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function shown(view: KeyedView): [unknown, unknown][] {
  const { data } = view.frame(liveStatus);
  return (data.word ?? []).map((word, index) => [word, data.n?.[index]]);
}

describe('keyed view', () => {
  it('shows the largest values first, ties by key, with total and sum over all keys', () => {
    fc.assert(
      fc.property(upserts, fc.integer({ min: 1, max: 10 }), (changes, limit) => {
        const view = new KeyedView({ ...wordBars, limit });
        view.apply(toRows(changes));
        const all = expected(changes);
        assert.deepEqual(shown(view), all.slice(0, limit));
        const frame = view.frame(liveStatus);
        assert.equal(frame.total, all.length);
        assert.equal(
          frame.sum,
          all.reduce((sum, [, n]) => sum + n, 0)
        );
      })
    );
  });

  it('does not change when rows come a second time', () => {
    fc.assert(
      fc.property(upserts, fc.nat(), (changes, from) => {
        const view = new KeyedView(wordBars);
        view.apply(toRows(changes));
        const before = view.frame(liveStatus);
        view.apply(toRows(changes.slice(from % (changes.length + 1))));
        assert.deepEqual(view.frame(liveStatus), before);
      })
    );
  });

  it('does not depend on how the rows are cut into batches', () => {
    fc.assert(
      fc.property(upserts, changes => {
        const whole = new KeyedView(wordBars);
        whole.apply(toRows(changes));
        const single = new KeyedView(wordBars);
        for (const row of toRows(changes)) single.apply([row]);
        assert.deepEqual(single.frame(liveStatus), whole.frame(liveStatus));
      })
    );
  });

  it('keeps a bounded number of keys, the largest of them exact, and says how many it let go', () => {
    const maxKeys = 100;
    const view = new KeyedView(wordBars, maxKeys);
    const counts = Array.from({ length: 1_000 }, (_, index) => (index * 7_919) % 1_000);
    for (const n of counts) view.apply([wordRow(`w${n}`, n)]);
    const frame = view.frame({ ...liveStatus, dropped: 5 });
    assert.ok(frame.total <= maxKeys * 1.1);
    assert.equal(frame.status.dropped, 5 + 1_000 - frame.total);
    assert.equal(frame.sum, null);
    assert.deepEqual(
      frame.data.n,
      Array.from({ length: wordBars.limit }, (_, index) => 999 - index)
    );
  });

  it('counts a value that is no number as nothing', () => {
    const view = new KeyedView(wordBars);
    view.apply([
      { key: 'a', row: { word: 'a', n: 'many' }, eventTime: null, receivedAt: 0 },
      wordRow('b', 1)
    ]);
    assert.equal(view.frame(liveStatus).sum, 1);
    assert.deepEqual(view.frame(liveStatus).data.word, ['b', 'a']);
  });

  it('carries the newest event time', () => {
    const view = new KeyedView(wordBars);
    assert.equal(view.frame(liveStatus).eventTimeMax, null);
    view.apply([wordRow('a', 1, 20), wordRow('b', 1, 10), wordRow('c', 1)]);
    assert.equal(view.frame(liveStatus).eventTimeMax, 20);
  });
});
