import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyText, type EmptyText } from '../../src/panels/empty-text.ts';
import { hopSteps } from '../../src/panels/hops.ts';
import { DRY_HOPS, type DryHop } from '../../src/shared/dry-hop.ts';
import type { Badge } from '../../src/panels/view-state.ts';
import type { StreamStatus } from '../../src/shared/stream-status.ts';
import { english } from '../fakes/translate.ts';
import { frameOf } from './views.ts';

const BEGUN = 1_000_000;

interface Given {
  readonly badge?: Badge;
  readonly status?: Partial<StreamStatus>;
  readonly after?: number;
  readonly hop?: DryHop | null;
  readonly stale?: boolean;
  readonly ended?: boolean;
}

function textOf({ badge = 'waiting', status, after = 0, hop = null, ...rest }: Given): EmptyText {
  const frame = frameOf({ rows: 0, startedAt: BEGUN, ...status });
  const state = { badge, frame, heldBack: 0, ended: false, stale: false, at: 0, unreadable: 0 };
  const moment = { now: BEGUN + after, since: BEGUN, hop };
  return emptyText({ ...state, ...rest }, moment, english);
}

describe('a view without rows', () => {
  it('counts from the first moment on, and never below zero', () => {
    const starting = { badge: 'starting', status: { state: 'starting', startedAt: null } } as const;
    assert.equal(textOf({ ...starting, after: 3_900 }).phase, 'Starting the query… 3 s');
    assert.equal(textOf({ ...starting, after: -500 }).phase, 'Starting the query… 0 s');
    assert.equal(textOf({ after: 62_000 }).phase, 'Waiting for the first row… 1 min 2 s');
  });

  it('gives a stream some seconds before it asks why', () => {
    assert.equal(textOf({ after: 2_000, hop: 'topic' }).why, '');
    assert.match(textOf({ after: 5_000, hop: 'topic' }).why, /^The topic is empty\. Send records/);
  });

  it('has a reason of its own for each place', () => {
    const whys = DRY_HOPS.map(hop => textOf({ after: 9_000, hop }).why);
    assert.equal(new Set(whys).size, DRY_HOPS.length);
    for (const why of whys) assert.ok(why.length > 20);
  });

  it('says how it ended, or that there is no kernel', () => {
    assert.match(textOf({ badge: 'failed', ended: true }).phase, /failed before its first row/);
    assert.match(textOf({ badge: 'stopped', ended: true }).phase, /ended without a result row/);
    assert.equal(textOf({ badge: 'offline', stale: true }).phase, 'No rows yet.');
  });
});

describe('the dry hop', () => {
  it('is marked on the way of the records', () => {
    const steps = hopSteps('batch', english).map(({ state }) => state);
    assert.deepEqual(steps, ['passed', 'passed', 'dry', 'unknown', 'unknown', 'unknown']);
  });
});
