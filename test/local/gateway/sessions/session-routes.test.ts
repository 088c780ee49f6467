import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

describe('reading sessions', () => {
  it('lists a page, with or without a slash', async () => {
    const { call, idleSession } = await gatewayFixture();
    await idleSession();
    await idleSession();
    const list = async (url: string) =>
      (await call('GET', url)).body as { sessions: { id: number }[] };
    assert.deepEqual(
      (await list('/sessions/')).sessions.map(({ id }) => id),
      [0, 1]
    );
    assert.deepEqual(
      (await list('/sessions?from=1&size=5')).sessions.map(({ id }) => id),
      [1]
    );
    assert.deepEqual(await list('/sessions?from=5&size=10'), { from: 5, total: 2, sessions: [] });
  });

  it('finds a session by id and by name', async () => {
    const { call, idleSession } = await gatewayFixture();
    await idleSession({ name: 'mine' });
    assert.equal(((await call('GET', '/sessions/mine')).body as { id: number }).id, 0);
    assert.deepEqual((await call('GET', '/sessions/mine/state')).body, { id: 0, state: 'idle' });
    assert.equal((await call('HEAD', '/sessions/0')).status, 200);
  });

  for (const [url, status, body] of [
    ['/sessions/99', 404, { msg: "Session '99' not found." }],
    ['/sessions/nosuchname', 404, { msg: "Session 'nosuchname' not found." }],
    ['/sessions/99/state', 404, { msg: "Session '99' not found." }],
    ['/sessions/99/log', 404, { msg: "Session '99' not found." }],
    ['/sessions/99/statements', 404, { msg: "Session '99' not found." }],
    ['/sessions/99999999999', 400, { msg: 'For input string: "99999999999"' }],
    ['/sessions?from=x', 400, { msg: 'For input string: "x"' }],
    ['/sessions/0/log?size=x', 400, { msg: 'For input string: "x"' }],
    ['/sessions/0/', 404, null],
    ['/sessions/0/nosuch', 404, null]
  ] as const)
    it(`answers ${status} to GET ${url}`, async () => {
      const { call, idleSession } = await gatewayFixture();
      await idleSession();
      const answer = await call('GET', url);
      assert.deepEqual([answer.status, answer.body], [status, body]);
    });

  it('has no other methods', async () => {
    const { call, idleSession } = await gatewayFixture();
    await idleSession();
    assert.equal((await call('PATCH', '/sessions/0', {})).status, 405);
    assert.equal((await call('PUT', '/sessions', {})).status, 405);
  });

  it('shows the newest lines of the log, stdout before stderr', async () => {
    const { call, drivers, idleSession } = await gatewayFixture();
    await idleSession();
    for (let n = 1; n <= 300; n++) drivers.last.events.log('stderr', `line ${n}`);
    drivers.last.events.log('stdout', 'out');
    const log = async (query: string) => (await call('GET', `/sessions/0/log${query}`)).body;
    assert.deepEqual(await log('?from=-1&size=2'), {
      id: 0,
      from: 201,
      total: 203,
      log: ['line 299', 'line 300']
    });
    assert.deepEqual(await log('?from=0&size=4'), {
      id: 0,
      from: 0,
      total: 203,
      log: ['stdout: ', 'out', '\nstderr: ', 'line 101']
    });
    assert.equal(((await log('?size=-1')) as { log: string[] }).log.length, 203);
    const view = (await call('GET', '/sessions/0')).body as { log: string[] };
    assert.equal(view.log.length, 10);
  });
});

describe('the end of a session', () => {
  it('is said after the driver has gone, and the session is forgotten', async () => {
    const { call, drivers, idleSession } = await gatewayFixture();
    await idleSession();
    assert.deepEqual((await call('DELETE', '/sessions/0')).body, { msg: 'deleted' });
    assert.ok(drivers.last.stopped);
    assert.equal((await call('DELETE', '/sessions/0')).status, 404);
  });

  it('leaves a stopped session in the list as dead', async () => {
    const { call, idleSession } = await gatewayFixture();
    await idleSession();
    assert.deepEqual((await call('POST', '/sessions/0/interrupt')).body, { msg: 'interrupted' });
    assert.deepEqual((await call('GET', '/sessions/0/state')).body, { id: 0, state: 'dead' });
  });

  it('is dead with the reason in the log when the driver dies', async () => {
    const { call, drivers, idleSession } = await gatewayFixture();
    await idleSession();
    drivers.last.events.ended('The driver has ended: killed by SIGKILL.');
    const view = (await call('GET', '/sessions/0')).body as { state: string; log: string[] };
    assert.equal(view.state, 'dead');
    assert.equal(view.log.at(-1), 'The driver has ended: killed by SIGKILL.');
    assert.deepEqual(
      (await call('POST', '/sessions/0/statements', { code: '1' })).body,
      'java.lang.IllegalStateException: Session is in state dead'
    );
    const reading = await call('GET', '/sessions/0/statements');
    assert.deepEqual(
      [reading.status, reading.body],
      [400, { msg: "requirement failed: Session isn't active." }]
    );
  });

  it('comes to all sessions when the server closes', async () => {
    const { app, drivers, idleSession } = await gatewayFixture();
    await idleSession();
    await idleSession();
    await app.close();
    assert.deepEqual(
      drivers.all.map(({ stopped }) => stopped),
      [true, true]
    );
  });
});

describe('access', () => {
  it('needs the token when one is set', async () => {
    const { call } = await gatewayFixture({ token: 'secret' });
    assert.equal((await call('GET', '/version')).status, 401);
    assert.equal(
      (await call('GET', '/version', undefined, { authorization: 'Bearer wrong' })).status,
      401
    );
    assert.equal(
      (await call('GET', '/version', undefined, { authorization: 'Bearer secret' })).status,
      200
    );
  });

  it('refuses what changes something without X-Requested-By, in Livy’s two ways', async () => {
    const { call } = await gatewayFixture({ requireRequestedBy: true });
    const post = await call('POST', '/sessions', {});
    assert.equal(post.status, 400);
    assert.match(String(post.body), /Missing Required Header for CSRF protection/);
    const removal = await call('DELETE', '/sessions/0');
    assert.deepEqual([removal.status, removal.body], [400, null]);
    assert.equal((await call('GET', '/sessions')).status, 200);
    const headers = { 'x-requested-by': 'test' };
    assert.equal((await call('POST', '/sessions', {}, headers)).status, 201);
  });

  it('says what it is', async () => {
    const { call } = await gatewayFixture();
    const { body } = await call('GET', '/version');
    assert.deepEqual(body, {
      version: '0.9.0-headrace',
      user: '',
      revision: '',
      branch: '',
      date: '',
      url: '',
      headrace: {
        sparkVersion: '4.3.0',
        scalaVersion: '2.13',
        kinds: ['spark', 'pyspark', 'sql'],
        localFiles: true,
        realTimeMode: true,
        batches: true,
        completion: true,
        uploads: true,
        richOutput: true
      }
    });
  });
});
