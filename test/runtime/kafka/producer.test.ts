import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../src/runtime/kafka/port.ts';
import { batches, Partitioner } from '../../../src/runtime/kafka/producer.ts';

const records = fc.array(fc.record({ value: fc.option(fc.string({ maxLength: 200 })) }));

describe('batches of a send', () => {
  it('hold all records in order', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 500 }), (all, max) => {
        assert.deepEqual([...batches(all, max)].flat(), all);
      })
    );
  });

  it('are never empty, and stay below the limit unless one record alone is above it', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 500 }), (all, max) => {
        for (const batch of batches(all, max)) {
          const bytes = batch.reduce((sum, { value }) => sum + Buffer.byteLength(value ?? ''), 0);
          assert.ok(batch.length === 1 || (batch.length > 1 && bytes <= max));
        }
      })
    );
  });
});

describe('the choice of partitions', () => {
  it('keeps the order within a partition and loses nothing', () => {
    const keyed = fc.record({ key: fc.option(fc.string({ maxLength: 4 })), value: fc.string() });
    fc.assert(
      fc.property(fc.array(keyed), fc.integer({ min: 1, max: 9 }), (all, count) => {
        const records: readonly KafkaRecord[] = all;
        const split = new Partitioner().split('t', records, count);
        const places = [...split.values()].map(own => own.map(record => records.indexOf(record)));
        assert.ok(places.every(own => own.every((at, n) => n === 0 || at > (own[n - 1] ?? -1))));
        assert.equal(places.flat().length, all.length);
      })
    );
  });

  it('takes records without a key round robin, and those that name a partition at their word', () => {
    const split = new Partitioner().split('t', [{ value: 'a' }, { value: 'b' }, { value: 'c' }], 3);
    assert.deepEqual([...split.keys()].sort(), [0, 1, 2]);
    assert.deepEqual(
      [...new Partitioner().split('t', [{ value: 'a', partition: 2 }], 3)],
      [[2, [{ value: 'a', partition: 2 }]]]
    );
  });
});
