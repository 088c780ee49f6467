import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paintParts, sendingTimes, waitingTimes } from '../../../bench/lab/stream-view.ts';

const STATES = [
  { newest: 10_000, sentAt: 10_003, arrivedAt: 10_004, drawnAt: 10_007, paintedAt: 10_010 },
  { newest: 10_002, sentAt: 10_015, arrivedAt: 10_016, drawnAt: 10_018, paintedAt: 10_020 },
  { newest: 10_002, sentAt: 10_080, arrivedAt: 10_081, drawnAt: 10_087, paintedAt: 10_090 },
  { newest: null, sentAt: 10_090, arrivedAt: 10_091, drawnAt: 10_094, paintedAt: 10_095 },
  { newest: 10_004, sentAt: 10_111, arrivedAt: 10_113, drawnAt: 10_117, paintedAt: 10_120 }
];

describe('waitingTimes', () => {
  it('counts each millisecond until the first state that covers it', () => {
    const waits = waitingTimes(STATES);
    assert.equal(waits.n, 4);
    assert.equal(waits.max, 117);
    assert.equal(waits.p50, 19);
  });
});

describe('sendingTimes', () => {
  it('counts each state', () => {
    const times = sendingTimes(STATES);
    assert.deepEqual([times.n, times.p50, times.max], [5, 7, 10]);
  });
});

describe('paintParts', () => {
  it('says how long each part of the way took', () => {
    const { arrived, drawn, shown } = paintParts(STATES);
    assert.deepEqual([arrived.max, drawn.max, shown.max], [2, 6, 3]);
  });
});
