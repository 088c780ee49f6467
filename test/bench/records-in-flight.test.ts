import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distribution } from '../../bench/percentiles.ts';
import { RecordsInFlight } from '../../bench/records-in-flight.ts';
import { parseToolRate } from '../../bench/producing.ts';

describe('RecordsInFlight', () => {
  it('lets one row answer every earlier record of its key, each by its own time', () => {
    const records = new RecordsInFlight();
    for (const time of [100, 110, 120]) records.sent('a', time);
    records.sent('b', 105);
    assert.deepEqual(records.answered('a', 110, 200), [100, 90]);
    assert.equal(records.waiting, 2);
    assert.deepEqual(records.answered('a', 110, 210), []);
    assert.deepEqual(records.answered('a', 120, 220), [100]);
    assert.deepEqual(records.answered('b', 105, 205), [100]);
    assert.equal(records.waiting, 0);
  });

  it('knows nothing of records of others', () => {
    assert.deepEqual(new RecordsInFlight().answered('x', 1, 2), []);
  });
});

describe('distribution', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(distribution(values), { n: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it('of nothing is no number', () => {
    assert.ok(Number.isNaN(distribution([]).p50));
  });
});

describe('parseToolRate', () => {
  it('reads the last summary', () => {
    const lines = [
      '250000 records sent, 249000.1 records/sec (23.75 MB/sec), 1.0 ms avg latency',
      '1000000 records sent, 295000.5 records/sec (28.13 MB/sec), 2.1 ms avg latency, 50.0 ms max latency'
    ];
    assert.equal(parseToolRate(lines), 295_000.5);
    assert.throws(() => parseToolRate(['Exception in thread "main"']), /gave no rate/);
  });
});
