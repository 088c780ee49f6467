import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coveredSpan, followingSpan, timeColumn } from '../../src/panels/time-axis.ts';
import { Zoom } from '../../src/panels/zoom.ts';
import { frameOf, view } from './views.ts';

describe('zoom', () => {
  it('follows the present until somebody chooses a span', () => {
    const zoom = new Zoom();
    assert.equal(zoom.span, null);
    zoom.choose(2_000, 1_000);
    assert.deepEqual(zoom.span, { from: 1_000, to: 2_000 });
    zoom.reset();
    assert.equal(zoom.span, null);
  });

  it('keeps the point under the hand where it is', () => {
    const zoom = new Zoom();
    zoom.scale({ from: 0, to: 1_000 }, 0.5, 0.25);
    assert.deepEqual(zoom.span, { from: 125, to: 625 });
    zoom.pan({ from: 125, to: 625 }, -0.1);
    assert.deepEqual(zoom.span, { from: 75, to: 575 });
  });

  it('does not go below what can be read', () => {
    const zoom = new Zoom();
    zoom.choose(1_000, 1_000);
    assert.deepEqual(zoom.span, { from: 950, to: 1_050 });
  });
});

describe('time axis', () => {
  const line = {
    ...view,
    kind: 'line' as const,
    columns: [
      { name: 't', type: 'time' as const },
      { name: 'n', type: 'number' as const }
    ],
    category: 't',
    windowMs: 60_000
  };

  it('is the window up to the moment, or what the rows cover', () => {
    assert.deepEqual(followingSpan(line, 100_000), { from: 40_000, to: 100_000 });
    assert.equal(followingSpan({ ...line, windowMs: null }, 100_000), null);
    const frame = { ...frameOf(), data: { t: [5, 3, 9], n: [1, 2, 3] } };
    assert.deepEqual(coveredSpan(line, frame), { from: 3, to: 9 });
    assert.equal(coveredSpan(line, { ...frame, data: { t: [], n: [] } }), null);
  });

  it('is no part of other kinds', () => {
    assert.equal(timeColumn(view), null);
    assert.equal(followingSpan({ ...view, windowMs: 1_000 }, 5_000), null);
  });
});
