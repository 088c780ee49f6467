import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LatencyWindow, RateWindow } from '../../../src/runtime/streams/windows.ts';

describe('the rate of rows', () => {
  it('is that of the last seconds', () => {
    const window = new RateWindow(0, 3_000);
    for (let now = 0; now < 10_000; now += 50) window.add(now, 5);
    assert.ok(Math.abs(window.rate(10_000) - 100) <= 5);
    assert.equal(window.rate(20_000), 0);
  });

  it('does not make a burst at the start look like a rate', () => {
    const window = new RateWindow(1_000, 3_000);
    window.add(1_010, 500);
    assert.equal(window.rate(1_020), 500);
    assert.equal(window.rate(3_000), 250);
  });
});

describe('the latency of rows', () => {
  it('is the nearest rank among the values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 100 }), values => {
        const window = new LatencyWindow();
        for (const ms of values) window.add(0, ms);
        const sorted = [...values].sort((a, b) => a - b);
        const [p50, p95] = window.quantiles(0, 0.5, 0.95);
        assert.equal(p50, sorted[Math.ceil(0.5 * values.length) - 1]);
        assert.equal(p95, sorted[Math.ceil(0.95 * values.length) - 1]);
      })
    );
  });

  it('forgets what is older than the window, and all but the newest values', () => {
    const window = new LatencyWindow(10_000, 10);
    window.add(0, 9_999);
    assert.deepEqual(window.quantiles(10_001, 0.5), [null]);
    for (let n = 0; n < 100; n++) window.add(20_000, n);
    assert.deepEqual(window.quantiles(20_000, 0), [90]);
  });

  it('takes clocks that disagree for no latency', () => {
    const window = new LatencyWindow();
    window.add(0, -20);
    assert.deepEqual(window.quantiles(0, 0.5), [0]);
  });
});
