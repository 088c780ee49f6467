import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { batches } from '../../../src/runtime/kafka/producer.ts';

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
