import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activeOf, glanceText } from '../../../src/extension/streams/active.ts';
import type { FleetEntry } from '../../../src/extension/streams/fleet.ts';
import { RateHistory } from '../../../src/extension/streams/rate-history.ts';
import { sectionsOf, type Row } from '../../../src/extension/streams/rows.ts';
import { sparkPoints } from '../../../src/extension/streams/spark-points.ts';
import type { Inventory } from '../../../src/shared/inventory.ts';
import { english } from '../../fakes/translate.ts';
import { inventory, producerItem, streamItem } from './inventory.ts';

function entryOf(changes: Partial<Inventory> = {}): FleetEntry {
  return {
    path: 'a.ipynb',
    inventory: inventory(changes),
    rates: new RateHistory(),
    ignored: 0
  };
}

function rowsOf(title: string, changes: Partial<Inventory>): readonly Row[] {
  return sectionsOf(entryOf(changes), english).find(one => one.title === title)?.rows ?? [];
}

describe('rows of the Streams panel', () => {
  it('has the same four sections whatever runs', () => {
    const titles = ['Streams', 'Producers', 'Topics', 'Sessions'];
    for (const known of [inventory(), null]) {
      const sections = sectionsOf({ ...entryOf(), inventory: known }, english);
      assert.deepEqual(
        sections.map(({ title }) => title),
        titles
      );
      assert.ok(sections.every(({ empty }) => empty !== ''));
    }
  });

  it('says how a stream runs, and offers its end and its views', () => {
    const [row] = rowsOf('Streams', { streams: [streamItem({ backlog: 12 })] });
    assert.equal(row?.word, 'Live');
    assert.equal(row.tone, 'good');
    assert.equal(row.detail, '1,204/s in · 4.3/s out · 1,000 rows · 12 waiting');
    assert.equal(row.end?.what, 'stream');
    assert.deepEqual(row.views, [{ id: 'v1', title: 'Words' }]);
  });

  it('offers no end of what has ended, and says why it did', () => {
    const streams = [streamItem({ state: 'failed', reason: 'no such topic' })];
    const [row] = rowsOf('Streams', { streams });
    assert.deepEqual([row?.tone, row?.note, row?.end], ['bad', 'no such topic', null]);
    assert.equal(row?.detail, '1,000 rows');
    const [done] = rowsOf('Producers', { producers: [producerItem({ state: 'done', total: 10 })] });
    assert.deepEqual([done?.end, done?.detail], [null, 'to lines · 10 of 10 sent']);
  });

  it('tells sessions that can be ended from those that cannot', () => {
    const states = ['not started', 'starting', 'idle', 'busy', 'dead'];
    const sessions = states.map(state => ({ name: state, state, current: false }));
    const ends = rowsOf('Sessions', { sessions }).map(({ end }) => end !== null);
    assert.deepEqual(ends, [false, true, true, true, false]);
  });

  it('keeps keys apart that belong to things of one name', () => {
    const entry = entryOf({ topics: [{ name: 'words', partitions: 1, records: 1, rate: 0 }] });
    const keys = sectionsOf(entry, english).flatMap(({ rows }) => rows.map(({ key }) => key));
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('what is active', () => {
  it('lists streams and producers that have not ended', () => {
    const entry = entryOf({
      streams: [streamItem(), streamItem({ name: 'old', state: 'stopped' })],
      producers: [producerItem(), producerItem({ name: 'over', state: 'done' })]
    });
    assert.deepEqual(
      activeOf(entry, english).map(({ what, name, view }) => [what, name, view]),
      [
        ['stream', 'words', 'v1'],
        ['producer', 'mill', null]
      ]
    );
  });

  it('sums up at a glance, and says nothing where nothing streams', () => {
    const two = entryOf({ streams: [streamItem(), streamItem({ name: 'b', inputRate: 0.4 })] });
    assert.equal(glanceText(two, english), '2 streams · 1,204/s');
    assert.equal(glanceText(entryOf({ streams: [] }), english), '');
    assert.equal(glanceText({ ...entryOf(), inventory: null }, english), '');
  });
});

describe('rates', () => {
  it('are kept for a minute, and forgotten with what they belong to', () => {
    const rates = new RateHistory();
    for (let rate = 0; rate < 70; rate += 1)
      rates.note(inventory({ streams: [streamItem({ inputRate: rate })] }));
    assert.equal(rates.of('stream words').length, 60);
    assert.equal(rates.of('stream words').at(-1), 69);
    rates.note(inventory({ streams: [] }));
    assert.deepEqual(rates.of('stream words'), []);
  });

  it('are drawn from left to right, the largest at the top', () => {
    assert.equal(sparkPoints([]), '');
    assert.equal(sparkPoints([5]), '');
    assert.equal(sparkPoints([0, 10]), '1.0,15.0 55.0,1.0');
    assert.equal(sparkPoints([0, 0]), '1.0,15.0 55.0,15.0');
  });
});
