import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsumedRecord } from '../../../src/runtime/kafka/port.ts';
import { DeadLetterCount } from '../../../src/runtime/streams/dead-letters.ts';
import { RetainedRows, toResultRow } from '../../../src/runtime/streams/rows.ts';
import type { Column } from '../../../src/shared/view.ts';

const COLUMNS: readonly Column[] = [
  { name: 'url', type: 'text' },
  { name: 'n', type: 'number' },
  { name: 'at', type: 'time' }
];

function record(key: string | null, value: string | null, offset = 0n): ConsumedRecord {
  return { topic: 't', partition: 0, offset, timestamp: 0, key, value, headers: {} };
}

describe('a record of the results topic', () => {
  it('becomes a row of the columns, without the hidden ones', () => {
    const value = '{"url":"a","n":2,"at":1700000000000,"__hr_time":5,"other":1}';
    assert.deepEqual(toResultRow(COLUMNS, record('["a"]', value), 9), {
      key: '["a"]',
      row: { url: 'a', n: 2, at: 1_700_000_000_000 },
      eventTime: 5,
      receivedAt: 9
    });
  });

  it('is a key that is gone where it has no value', () => {
    assert.equal(toResultRow(COLUMNS, record('k', null), 9)?.row, null);
  });

  it('keeps what JSON has no cell for as text, and numbers that are none as null', () => {
    const value = '{"url":{"host":"a","ports":[1]},"n":"NaN","at":null}';
    assert.deepEqual(toResultRow(COLUMNS, record('k', value), 9)?.row, {
      url: '{"host":"a","ports":[1]}',
      n: null,
      at: null
    });
  });

  it('is no row where its value is no object', () => {
    for (const value of ['', 'no', '7', 'null'])
      assert.equal(toResultRow(COLUMNS, record('k', value), 9), null);
  });
});

describe('retained rows', () => {
  const row = (key: string, n: number | null) => ({
    key,
    row: n === null ? null : { n },
    eventTime: null,
    receivedAt: 0
  });

  it('are the newest of each key in the order of their last change', () => {
    const rows = new RetainedRows();
    rows.add([row('a', 1), row('b', 1), row('a', 2), row('c', 1), row('b', null)]);
    assert.deepEqual(
      rows.all().map(({ key, row }) => [key, row]),
      [
        ['a', { n: 2 }],
        ['c', { n: 1 }]
      ]
    );
  });

  it('are bounded: the ones that changed longest ago go first', () => {
    const rows = new RetainedRows(2);
    rows.add([row('a', 1), row('b', 1), row('a', 2), row('c', 1)]);
    assert.deepEqual(
      rows.all().map(({ key }) => key),
      ['a', 'c']
    );
  });
});

describe('dead letters', () => {
  it('are counted once each, also when a batch is written again', () => {
    const count = new DeadLetterCount();
    const letters = ['a-b-0-3', 'a-b-0-7', 'a-b-1-3', 'a-b-0-3', 'a-b-0-7', 'a-b-0-8'];
    count.add(letters.map(key => record(key, '{}')));
    count.add([record(null, '{}'), record('odd', '{}')]);
    assert.equal(count.count, 4);
  });
});
