import assert from 'node:assert/strict';
import type { BatchRecord } from '../../../../src/local/gateway/batches/batch-record.ts';
import { MemoryRecords } from '../../../fakes/memory-records.ts';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  BatchRegistry,
  MAX_RUNNING
} from '../../../../src/local/gateway/batches/batch-registry.ts';
import { createBatchSchema } from '../../../../src/local/gateway/batches/create-batch.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { MemoryRunners } from '../../../fakes/memory-runner.ts';
import { gatewayFixture } from '../gateway-fixture.ts';

/** A file that is there. */
const FILE = fileURLToPath(import.meta.url);
const RETAINED_MS = 600_000;

const stateOf = (answer: { body: unknown }): unknown => (answer.body as { state: unknown }).state;

describe('a batch', () => {
  it('is handed to its runner as it was asked for', async () => {
    const { call, runners } = await gatewayFixture();
    await call('POST', '/batches', {
      file: `file://${FILE}`,
      className: 'a.B',
      args: ['x', 1],
      name: 'b',
      conf: { 'spark.a': 2 },
      pyFiles: [FILE],
      driverMemory: '2g'
    });
    assert.deepEqual(runners.last.request, {
      batchId: 0,
      folder: '/held/batch-0',
      file: FILE,
      className: 'a.B',
      args: ['x', '1'],
      name: 'b',
      conf: { 'spark.a': '2' },
      jars: [],
      pyFiles: [FILE],
      files: [],
      archives: [],
      driverMemory: '2g'
    });
  });

  for (const [status, state] of [
    [0, 'success'],
    [3, 'dead'],
    [-9, 'dead']
  ] as const)
    it(`is ${state} after exit status ${status}`, async () => {
      const { call, runners } = await gatewayFixture();
      await call('POST', '/batches', { file: FILE });
      assert.equal(stateOf(await call('GET', '/batches/0/state')), 'starting');
      runners.last.events.state({ running: true, status: null });
      assert.equal(stateOf(await call('GET', '/batches/0')), 'running');
      runners.last.end(status);
      assert.equal(stateOf(await call('GET', '/batches/0/state')), state);
    });

  it('is found by its name, and listed in parts', async () => {
    const { call } = await gatewayFixture();
    for (const name of ['a', 'b', 'c']) await call('POST', '/batches', { file: FILE, name });
    assert.equal(stateOf(await call('GET', '/batches/b')), 'starting');
    const { body } = await call('GET', '/batches?from=1&size=1');
    const list = body as { from: number; total: number; sessions: { id: number }[] };
    assert.deepEqual([list.from, list.total, list.sessions.map(({ id }) => id)], [1, 3, [1]]);
  });

  it('stops when it is deleted, and is unknown then', async () => {
    const { call, runners } = await gatewayFixture();
    await call('POST', '/batches', { file: FILE });
    assert.deepEqual((await call('DELETE', '/batches/0')).body, { msg: 'deleted' });
    assert.equal(runners.last.stopped, true);
    assert.equal((await call('GET', '/batches/0/log')).status, 404);
  });

  it('is one of a few that run at the same time', async () => {
    const { call, runners } = await gatewayFixture();
    for (let count = 0; count < MAX_RUNNING; count += 1)
      assert.equal((await call('POST', '/batches', { file: FILE })).status, 201);
    const refused = await call('POST', '/batches', { file: FILE });
    assert.equal(refused.status, 400);
    assert.match(
      (refused.body as { msg: string }).msg,
      /^Rejected, too many sessions are being created! 4 batches run already/
    );
    runners.last.end(0);
    assert.equal((await call('POST', '/batches', { file: FILE })).status, 201);
  });

  it('is forgotten some time after its end, and not before', async () => {
    const clock = new ManualClock();
    const { launcher, all } = new MemoryRunners();
    const store = new MemoryRecords<BatchRecord>('batch');
    const registry = new BatchRegistry({ launcher, store, clock });
    const request = createBatchSchema.parse({ file: FILE });
    const [ended, running] = [registry.create(request), registry.create(request)];
    all[0]?.end(0);
    await clock.advance(RETAINED_MS - 1);
    await registry.sweep();
    assert.deepEqual(registry.list(), [ended, running]);
    await clock.advance(2);
    await registry.sweep();
    assert.deepEqual(registry.list(), [running]);
    assert.deepEqual([...store.records.keys()], [running.id]);
  });

  it('lives on when the gateway is released, and the next one adopts it', async () => {
    const store = new MemoryRecords<BatchRecord>('batch');
    const first = await gatewayFixture();
    const batches = { launcher: first.runners.launcher, store };
    const { call, gateway } = await gatewayFixture({ batches });
    await call('POST', '/batches', { file: FILE, name: 'b' });
    gateway.release();
    assert.equal(first.runners.last.released, true);
    const next = await gatewayFixture({ batches });
    assert.equal(stateOf(await next.call('GET', '/batches/b')), 'recovering');
    first.runners.last.events.state({ running: true, status: null });
    assert.equal(stateOf(await next.call('GET', '/batches/b')), 'running');
  });
});

describe('POST /batches', () => {
  const REFUSED: readonly [string, unknown, RegExp][] = [
    ['no file', {}, /requirement failed: File is required\.$/],
    [
      'a file that is not there',
      { file: '/nowhere/x.py' },
      /Local path \/nowhere\/x\.py cannot be added/
    ],
    ['a relative path', { file: 'x.py' }, /requirement failed: Path 'x\.py' is not absolute\.$/],
    ['digits as name', { file: FILE, name: '12' }, /Invalid session name: 12$/],
    [
      'a setting of the administrator',
      { file: FILE, conf: { 'spark.submit.deployMode': 'cluster' } },
      /Blacklisted configuration values in session config: spark\.submit\.deployMode$/
    ]
  ];
  for (const [what, request, msg] of REFUSED)
    it(`refuses ${what}, and uses up an id`, async () => {
      const { call, runners } = await gatewayFixture();
      const refused = await call('POST', '/batches', request);
      assert.equal(refused.status, 400);
      assert.match((refused.body as { msg: string }).msg, msg);
      assert.equal(runners.all.length, 0);
      const { body } = await call('POST', '/batches', { file: FILE });
      assert.equal((body as { id: number }).id, 1);
    });

  it('refuses a name twice', async () => {
    const { call } = await gatewayFixture();
    await call('POST', '/batches', { file: FILE, name: 'n' });
    const { body } = await call('POST', '/batches', { file: FILE, name: 'n' });
    assert.deepEqual(body, {
      msg: 'Rejected, Reason: Duplicate session name: Some(n) for session 1'
    });
  });

  it('refuses an unknown field, and names those that it knows', async () => {
    const { call } = await gatewayFixture();
    const { body } = await call('POST', '/batches', { file: FILE, ttl: '1h' });
    assert.match(
      String(body),
      /^Unrecognized field "ttl" \(class org\.apache\.livy\.server\.batch\.CreateBatchRequest\), not marked as ignorable \(16 known properties: /
    );
  });
});
