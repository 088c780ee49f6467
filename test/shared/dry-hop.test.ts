import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DRY_HOPS, dryHop, type DryHop } from '../../src/shared/dry-hop.ts';
import { streamStatusSchema, type StreamStatus } from '../../src/shared/stream-status.ts';

function status(change: Partial<StreamStatus>): StreamStatus {
  return streamStatusSchema.parse({
    state: 'live',
    mode: 'micro-batch',
    reason: '',
    inputRate: 0,
    resultRate: 0,
    latencyMs: null,
    latencyP95Ms: null,
    rows: 0,
    dropped: 0,
    dead: 0,
    backlog: 0,
    batch: 4,
    topicRecords: 100,
    offered: 10,
    startedAt: 1,
    updatedAt: 2,
    ...change
  });
}

type Case = readonly [what: string, change: Partial<StreamStatus>, hop: DryHop | null];

const CASES: readonly Case[] = [
  ['before the query is planned', { state: 'planned', topicRecords: 0 }, 'start'],
  ['while the query starts', { state: 'starting', offered: null }, 'start'],
  ['an empty topic', { topicRecords: 0, offered: 0 }, 'topic'],
  ['an empty topic of an unknown past', { topicRecords: 0, offered: null }, 'topic'],
  ['no records since the start', { offered: 0 }, 'offsets'],
  ['no finished batch', { batch: null, backlog: null }, 'batch'],
  ['no finished batch of the catch-up', { mode: 'catch-up', batch: null, backlog: null }, 'batch'],
  ['all records wait', { backlog: 10 }, 'batch'],
  ['some records wait, the others were read', { backlog: 9 }, 'filter'],
  ['all records are unreadable', { dead: 10 }, 'parse'],
  ['all records are unreadable in the first batch', { dead: 10, batch: null }, 'parse'],
  ['more dead letters than records', { dead: 11 }, 'parse'],
  ['some records are unreadable', { dead: 9 }, 'filter'],
  ['dead letters of a batch that runs', { dead: 1, batch: null }, 'filter'],
  ['late records', { late: 3 }, 'watermark'],
  ['late records of a batch that runs', { late: 3, batch: null }, 'watermark'],
  ['a watermark alone, which delays no row', { watermark: 5 }, 'filter'],
  ['records that no row came of', {}, 'filter'],
  [
    'real-time mode, which reads at once',
    { mode: 'real-time', batch: null, backlog: null },
    'filter'
  ],
  ['records read and lost by the topic since', { topicRecords: 0 }, 'filter'],
  ['a silent driver, by what it said last', { state: 'stalled', offered: 0 }, 'offsets'],
  ['the end without a record', { state: 'stopped', mode: null, offered: 0 }, 'offsets'],
  ['the end after a batch', { state: 'stopped', mode: null }, 'filter'],
  ['the end before a batch', { state: 'stopped', mode: null, batch: null }, null],
  ['a failure, which has a reason of its own', { state: 'failed', topicRecords: 0 }, null],
  ['an older driver, which tells no facts', { topicRecords: null, offered: null }, null],
  ['no new records in a topic of unknown size', { topicRecords: null, offered: 0 }, null],
  ['rows of the stream that the view left out', { rows: 1 }, null]
];

describe('the first dry hop of a stream without rows', () => {
  for (const [what, change, hop] of CASES)
    it(`${hop ?? 'nothing'}: ${what}`, () => {
      assert.equal(dryHop(status(change), 0), hop);
    });

  it('is none once the view has shown a row', () => {
    assert.equal(dryHop(status({ state: 'starting' }), 1), null);
  });

  it('is each of the hops in some case', () => {
    assert.deepEqual(new Set(CASES.map(([, , hop]) => hop)), new Set([...DRY_HOPS, null]));
  });
});
