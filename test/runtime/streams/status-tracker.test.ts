import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Beat } from '../../../src/runtime/streams/messages.ts';
import type { ResultRow } from '../../../src/runtime/streams/port.ts';
import { LOST_MS, STALL_MS, StatusTracker } from '../../../src/runtime/streams/status-tracker.ts';

const T0 = 1_000_000;

function beat(at: number, changes: Partial<Beat> = {}): Beat {
  return {
    run: 'r',
    at,
    state: 'live',
    mode: 'real-time',
    reason: 'Each record is processed as it arrives.',
    inputRate: 10,
    backlog: null,
    batch: null,
    topicRecords: 12,
    offered: 7,
    late: 0,
    watermark: null,
    error: null,
    ...changes
  };
}

function row(eventTime: number | null): ResultRow {
  return { key: 'k', row: {}, eventTime, receivedAt: 0 };
}

function started(): StatusTracker {
  const tracker = new StatusTracker(T0);
  tracker.step('starting', T0);
  return tracker;
}

describe('the status of a stream', () => {
  it('follows the beats of the driver', () => {
    const tracker = started();
    tracker.beat(beat(T0 + 1, { state: 'starting', mode: null }));
    assert.equal(tracker.status.state, 'starting');
    tracker.beat(beat(T0 + 2, { mode: 'catch-up', backlog: 700 }));
    tracker.beat(beat(T0 + 3));
    const { state, mode, backlog, startedAt, updatedAt } = tracker.status;
    assert.deepEqual([state, mode, backlog], ['live', 'real-time', null]);
    assert.deepEqual([startedAt, updatedAt], [T0 + 2, T0 + 3]);
  });

  it('says what topics hold and what batches left out', () => {
    const tracker = started();
    assert.deepEqual([tracker.status.topicRecords, tracker.status.offered], [null, null]);
    tracker.beat(beat(T0 + 1, { batch: 3, late: 2, watermark: 99 }));
    const { batch, topicRecords, offered, late, watermark } = tracker.status;
    assert.deepEqual([batch, topicRecords, offered, late, watermark], [3, 12, 7, 2, 99]);
    tracker.beat(beat(T0 + 2, { state: 'stopped', mode: null, offered: 9 }));
    assert.equal(tracker.status.offered, 9);
  });

  it('is stalled without beats, live with the next one, and failed when none comes', () => {
    const tracker = started();
    tracker.beat(beat(T0));
    tracker.tick(T0 + STALL_MS - 1);
    assert.equal(tracker.status.state, 'live');
    tracker.tick(T0 + STALL_MS);
    assert.equal(tracker.status.state, 'stalled');
    tracker.beat(beat(T0 + STALL_MS + 1));
    assert.equal(tracker.status.state, 'live');
    tracker.tick(T0 + STALL_MS + 1 + LOST_MS);
    assert.equal(tracker.status.state, 'failed');
    assert.match(tracker.status.reason, /has not reported/);
    assert.ok(tracker.final);
  });

  it('gives the reason of a failure in one line', () => {
    const tracker = started();
    const error = { code: 'HR_STREAM_FAILED' as const, message: 'No\nstack', why: 'broken' };
    tracker.beat(beat(T0, { state: 'failed', error }));
    assert.equal(tracker.status.state, 'failed');
    assert.equal(tracker.status.reason, 'No');
    assert.equal(tracker.status.inputRate, 0);
  });

  it('does not come back from the end, nor from stopping to live', () => {
    const tracker = started();
    tracker.beat(beat(T0));
    tracker.step('stopping', T0);
    tracker.beat(beat(T0 + 1));
    assert.equal(tracker.status.state, 'stopping');
    tracker.step('stopped', T0 + 2, '');
    tracker.beat(beat(T0 + 3));
    tracker.tick(T0 + 10 * LOST_MS);
    assert.equal(tracker.status.state, 'stopped');
    assert.equal(tracker.status.mode, null);
  });

  it('counts all rows, but measures the latency of new rows of new input only', () => {
    const tracker = started();
    tracker.rows(T0 + 10, [row(T0 + 5)], true);
    tracker.beat(beat(T0 + 20));
    tracker.rows(T0 + 100, [row(T0 - 5_000), row(T0 + 60)], false);
    tracker.rows(T0 + 100, [row(T0 - 5_000), row(null)], true);
    tracker.tick(T0 + 100);
    assert.equal(tracker.status.rows, 5);
    assert.equal(tracker.status.latencyMs, null);
    tracker.rows(T0 + 200, [row(T0 + 160), row(T0 + 170), row(T0 + 100)], true);
    tracker.tick(T0 + 200);
    assert.equal(tracker.status.latencyMs, 40);
    assert.equal(tracker.status.latencyP95Ms, 100);
    assert.equal(tracker.status.resultRate, 6);
  });

  it('keeps the last latency while no rows come', () => {
    const tracker = started();
    tracker.beat(beat(T0));
    tracker.rows(T0 + 50, [row(T0 + 20)], true);
    tracker.tick(T0 + 50);
    tracker.tick(T0 + 60_000);
    assert.equal(tracker.status.latencyMs, 30);
    assert.equal(tracker.status.resultRate, 0);
  });
});
