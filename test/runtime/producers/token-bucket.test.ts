import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createTokenBucket, unlimitedBucket } from '../../../src/runtime/producers/token-bucket.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

describe('a token bucket', () => {
  it('grants one token at once and the rest as they are due', async () => {
    const clock = new ManualClock();
    const bucket = createTokenBucket(10, clock);
    assert.deepEqual([bucket.take(5), bucket.take(5)], [1, 0]);
    assert.equal(bucket.waitMs(), 100);
    await clock.advance(250);
    assert.equal(bucket.take(5), 2);
    assert.equal(bucket.waitMs(), 50);
  });

  it('makes up for a stall, so that the rate holds over the whole run', async () => {
    const clock = new ManualClock();
    const bucket = createTokenBucket(100, clock);
    bucket.take(1);
    await clock.advance(10_000);
    assert.deepEqual([bucket.take(600), bucket.take(600), bucket.take(600)], [600, 400, 0]);
  });

  it('never grants more than the rate and one', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 5_000 }))),
        async (rate, steps) => {
          const clock = new ManualClock(0);
          const bucket = createTokenBucket(rate, clock);
          let taken = 0;
          for (const [ms, max] of steps) {
            await clock.advance(ms);
            taken += bucket.take(max);
            assert.ok(taken <= (clock.now() * rate) / 1000 + 1);
          }
        }
      ),
      { numRuns: 50 }
    ));

  it('without a limit grants all', () => {
    assert.equal(unlimitedBucket.take(5_000), 5_000);
  });
});
