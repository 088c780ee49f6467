import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FrameHistory } from '../../../src/kernel/live/frame-history.ts';
import type { ViewFrame } from '../../../src/shared/view.ts';
import { liveStatus } from '../../fakes/views.ts';

function frameOf(n: number, text = 'to'): ViewFrame {
  return {
    status: liveStatus,
    data: { word: [text], n: [n] },
    labels: {},
    total: 1,
    sum: n,
    eventTimeMax: null,
    historyFrom: null
  };
}

/** A state for each of so many seconds. */
function filled(seconds: number, history = new FrameHistory(), text = 'to'): FrameHistory {
  for (let second = 0; second < seconds; second += 1)
    history.offer(second * 1_000, second, () => frameOf(second, text));
  return history;
}

describe('the past of a view', () => {
  it('is empty at first', () => {
    const history = new FrameHistory();
    assert.equal(history.from, null);
    assert.equal(history.look(1_000), null);
  });

  it('has one state a second, and asks for no other', () => {
    const history = new FrameHistory();
    const asked: number[] = [];
    for (let at = 0; at < 5_000; at += 100)
      history.offer(at, at, () => {
        asked.push(at);
        return frameOf(at);
      });
    assert.deepEqual(asked, [0, 1_000, 2_000, 3_000, 4_000]);
  });

  it('keeps nothing twice while nothing changes', () => {
    const history = new FrameHistory();
    let asked = 0;
    for (let at = 0; at < 60_000; at += 1_000)
      history.offer(at, 7, () => {
        asked += 1;
        return frameOf(1);
      });
    assert.equal(asked, 1);
    assert.equal(history.look(59_000)?.at, 0);
  });

  it('gives the newest state that is not newer than a time, and the oldest before that', () => {
    const history = filled(10);
    assert.equal(history.look(4_999)?.at, 4_000);
    assert.deepEqual(history.look(4_999)?.frame.data['n'], [4]);
    assert.equal(history.look(99_000)?.at, 9_000);
    assert.equal(history.look(-5)?.at, 0);
  });

  it('reaches five minutes back, with the state that was the present then', () => {
    const history = filled(1_000);
    const last = 999_000;
    assert.equal(history.from, last - 301_000);
    assert.equal(history.look(last - 300_500)?.at, last - 301_000);
  });

  it('gets coarser before it gets shorter when states are large', () => {
    const history = filled(100, new FrameHistory(50_000), 'x'.repeat(500));
    const from = history.from ?? Infinity;
    assert.ok(from < 60_000, `${from}`);
    const kept = new Set(
      Array.from({ length: 100 }, (_, second) => history.look(second * 1_000)?.at)
    );
    assert.ok(kept.size > 20 && kept.size < 80, `${kept.size}`);
    assert.equal(history.look(99_000)?.at, 99_000);
  });

  it('keeps the last state of a view, however soon it came', () => {
    const history = filled(3);
    history.end(2_100, () => frameOf(99));
    assert.deepEqual(history.look(2_200)?.frame.data['n'], [99]);
    assert.equal(history.look(2_050)?.at, 2_000);
  });

  it('keeps the newest state however large it is', () => {
    const history = filled(3, new FrameHistory(10), 'x'.repeat(500));
    assert.equal(history.look(99_000)?.at, 2_000);
  });
});
