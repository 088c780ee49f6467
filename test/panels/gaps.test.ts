import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gapText } from '../../src/panels/gap-text.ts';
import { Gaps } from '../../src/panels/gaps.ts';
import { english } from '../fakes/translate.ts';

describe('gaps', () => {
  it('is what came while the connection was lost', () => {
    const gaps = new Gaps();
    gaps.see({ at: 0, rows: 10 });
    gaps.mark('lost', 500);
    const gap = gaps.see({ at: 133_000, rows: 1250 });
    assert.deepEqual(gap, { from: 0, to: 133_000, rows: 1240, reason: 'lost' });
    assert.deepEqual(gaps.all, [gap]);
    assert.equal(
      gapText(gap, english),
      'Away for 2 min 13 s: 1,240 rows came meanwhile, now shown'
    );
  });

  it('is not a stream that was quiet, nor an absence without rows, nor a glance away', () => {
    const gaps = new Gaps();
    gaps.see({ at: 0, rows: 10 });
    assert.equal(gaps.see({ at: 60_000, rows: 20 }), null);
    gaps.mark('lost', 60_500);
    assert.equal(gaps.see({ at: 120_000, rows: 20 }), null);
    gaps.mark('lost', 120_500);
    assert.equal(gaps.see({ at: 122_000, rows: 30 }), null);
    assert.deepEqual(gaps.all, []);
  });

  it('follows what a notebook held, unless the stream had just begun', () => {
    const gaps = new Gaps();
    gaps.restore({ at: 0, rows: 0 });
    assert.equal(gaps.see({ at: 60_000, rows: 5 }), null);
    gaps.restore({ at: 60_000, rows: 5 });
    assert.equal(gaps.see({ at: 120_000, rows: 9 })?.reason, 'reloaded');
  });

  it('is found behind the frames that waited in a page while it slept', () => {
    const gaps = new Gaps();
    gaps.see({ at: 0, rows: 0 });
    gaps.mark('asleep', 10_000);
    for (let at = 100; at <= 4_000; at += 100) assert.equal(gaps.see({ at, rows: at }), null);
    assert.equal(gaps.see({ at: 10_050, rows: 9_000 })?.rows, 5_000);
  });

  it('counts anew with a stream that was started again', () => {
    const gaps = new Gaps();
    gaps.see({ at: 0, rows: 1000 });
    gaps.mark('asleep', 59_000);
    assert.equal(gaps.see({ at: 60_000, rows: 7 })?.rows, 7);
  });

  it('forgets the oldest, and stays the same list while nothing is missed', () => {
    const gaps = new Gaps();
    for (let at = 0; at < 50; at += 1) {
      gaps.see({ at: at * 60_000, rows: at });
      gaps.mark('lost', at * 60_000 + 500);
    }
    assert.equal(gaps.all.length, 20);
    const before = gaps.all;
    gaps.see({ at: 50 * 60_000 - 59_000, rows: 51 });
    assert.equal(gaps.all, before);
  });
});
