import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Retry } from '../../../src/extension/link/retry.ts';

describe('retry', () => {
  it('goes at once, then waits twice as long each time, up to half a minute', () => {
    const retry = new Retry();
    assert.equal(retry.wait(0), 0);
    const waits = Array.from({ length: 9 }, () => {
      retry.tried(0);
      return retry.wait(0);
    });
    assert.deepEqual(waits, [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('begins anew when circumstances have changed', () => {
    const retry = new Retry();
    retry.giveUp(0);
    assert.equal(retry.wait(1_000), 29_000);
    retry.reset();
    retry.tried(1_000);
    assert.equal(retry.wait(1_000), 250);
  });
});
