import assert from 'node:assert/strict';
import type { SessionRecord } from '../../../../src/local/gateway/sessions/session-record.ts';
import { describe, it } from 'node:test';
import type { KnownStatement } from '../../../../src/local/gateway/driver/driver-port.ts';
import { MemoryRecords } from '../../../fakes/memory-records.ts';
import { gatewayFixture } from '../gateway-fixture.ts';

const STATEMENT = { kind: 'pyspark', output: null, progress: 0, started: 0, completed: 0 } as const;
const KNOWN: readonly KnownStatement[] = [
  {
    ...STATEMENT,
    id: 3,
    code: 'a',
    state: 'available',
    output: { status: 'ok', data: { 'text/plain': '1' } },
    progress: 1,
    started: 10,
    completed: 20
  },
  { ...STATEMENT, id: 4, code: 'b', state: 'running', started: 30 },
  { ...STATEMENT, id: 5, code: 'c', state: 'waiting' }
];

/** Two gateways on the same records, the second after the first has let go. */
async function successors(request: unknown = { kind: 'pyspark', name: 'mine' }) {
  const store = new MemoryRecords<SessionRecord>('session');
  const first = await gatewayFixture({ store });
  const id = await first.idleSession(request);
  first.gateway.release();
  const second = await gatewayFixture({ store });
  const get = async (path: string) => (await second.call('GET', `/sessions/${id}${path}`)).body;
  const state = async () => ((await get('/state')) as { state: string }).state;
  return { store, first, second, id, get, state, driver: second.drivers.last };
}

describe('a session that an earlier gateway has left', () => {
  it('recovers until its driver is attached, and is what it was', async () => {
    const { first, second, get, state, driver } = await successors();
    assert.ok(first.drivers.last.released);
    assert.equal(driver.folder, first.drivers.last.folder);
    assert.equal(await state(), 'recovering');
    const posted = await second.call('POST', '/sessions/mine/statements', { code: '1' });
    assert.deepEqual(
      posted.body,
      'java.lang.IllegalStateException: Session is in state recovering'
    );
    driver.events.log('stderr', 'so far');
    driver.attach({ appId: 'local-7' });
    const view = (await get('')) as Record<string, unknown>;
    assert.equal(view['state'], 'idle');
    assert.equal(view['name'], 'mine');
    assert.equal(view['kind'], 'pyspark');
    assert.deepEqual(view['log'], ['stdout: ', '\nstderr: ', 'so far']);
  });

  it('has its statements with their outputs, and goes on with those that are not done', async () => {
    const { second, get, state, driver } = await successors();
    driver.attach({ statements: KNOWN, nextStatement: 6 });
    assert.equal(await state(), 'busy');
    assert.deepEqual(await get('/statements/3'), {
      id: 3,
      code: 'a',
      state: 'available',
      output: { status: 'ok', data: { 'text/plain': '1' }, execution_count: 3 },
      progress: 1,
      started: 10,
      completed: 20
    });
    const end = { state: 'available', output: { status: 'ok', data: {} }, completed: 40 } as const;
    driver.events.done(4, end);
    driver.events.started(5, 50);
    driver.events.done(5, { ...end, completed: 60 });
    assert.equal(await state(), 'idle');
    const { completed, started } = (await get('/statements/5')) as Record<string, unknown>;
    assert.deepEqual([started, completed], [50, 60]);
    const posted = await second.call('POST', '/sessions/0/statements', { code: 'd' });
    assert.equal((posted.body as { id: number }).id, 6);
  });

  it('still starts when it had not come further', async () => {
    const { state, driver } = await successors();
    driver.attach({ appId: null });
    assert.equal(await state(), 'starting');
    driver.events.ready('local-7');
    assert.equal(await state(), 'idle');
  });

  it('is dead with the reason when its driver is gone', async () => {
    const { get, state, driver } = await successors();
    driver.events.ended('The driver has ended: its process is gone.');
    assert.equal(await state(), 'dead');
    const { log } = (await get('')) as { log: string[] };
    assert.equal(log.at(-1), 'The driver has ended: its process is gone.');
  });

  it('keeps its name and its number for itself', async () => {
    const { second, driver } = await successors();
    driver.attach();
    const twice = await second.call('POST', '/sessions', { name: 'mine' });
    assert.match((twice.body as { msg: string }).msg, /Duplicate session name: Some\(mine\)/);
    await second.call('DELETE', '/sessions/mine');
    const again = await second.call('POST', '/sessions', { name: 'mine' });
    assert.equal((again.body as { id: number }).id, 2);
  });

  it('has been idle since its last use, which the former gateway wrote down', async () => {
    const { store, first } = await successors({ kind: 'pyspark', idleTimeout: '10s' });
    const [record] = store.records.values();
    assert.equal(record?.lastActivity, first.clock.now());
    assert.equal(record.request.idleTimeout, '10s');
  });
});

describe('creating a session', () => {
  const FULL = new Error('ENOSPC: no space left on device, write');

  it('is refused when the disk is full, and leaves nothing', async () => {
    const store = new MemoryRecords<SessionRecord>('session');
    const { call, drivers } = await gatewayFixture({ store });
    for (const part of [store, drivers]) {
      part.fault = FULL;
      const answer = await call('POST', '/sessions', { name: 'n' });
      assert.equal(answer.status, 500);
      assert.match(
        (answer.body as { msg: string }).msg,
        /^Rejected, Reason: .*ENOSPC.*Free some space/
      );
      assert.equal(store.records.size, 0);
      assert.deepEqual((await call('GET', '/sessions')).body, { from: 0, total: 0, sessions: [] });
      part.fault = null;
    }
    assert.equal((await call('POST', '/sessions', { name: 'n' })).status, 201);
  });

  it('with one name at once succeeds once', async () => {
    const { call, drivers } = await gatewayFixture();
    const answers = await Promise.all(
      [1, 2, 3].map(() => call('POST', '/sessions', { name: 'one' }))
    );
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 400, 400]);
    assert.equal(drivers.all.length, 1);
  });
});

describe('the end of a gateway', () => {
  it('ends its sessions, records and all, unless they were left to the next', async () => {
    const store = new MemoryRecords<SessionRecord>('session');
    const { gateway, drivers, idleSession } = await gatewayFixture({ store });
    await idleSession();
    await gateway.close();
    assert.ok(drivers.last.stopped);
    assert.equal(store.records.size, 0);
  });

  it('that lets go ends nothing, not even when its server closes', async () => {
    const store = new MemoryRecords<SessionRecord>('session');
    const { app, gateway, drivers, idleSession } = await gatewayFixture({ store });
    await idleSession();
    gateway.release();
    await app.close();
    assert.ok(!drivers.last.stopped);
    assert.equal(store.records.size, 1);
  });
});
