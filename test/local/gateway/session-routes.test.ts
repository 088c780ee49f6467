import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gatewayFixture } from './gateway-fixture.ts';

const CREATE_CLASS = 'org.apache.livy.server.interactive.CreateInteractiveRequest';
const chain = (field: string): string => `(through reference chain: ${CREATE_CLASS}["${field}"])`;
const CLASS_CAST =
  'java.lang.ClassCastException: class java.lang.String cannot be cast to class java.lang.Integer ' +
  "(java.lang.String and java.lang.Integer are in module java.base of loader 'bootstrap')";

/** The session view of `POST /sessions` with `{}`, as real Livy answers it. */
const EMPTY_VIEW = {
  id: 0,
  name: null,
  appId: null,
  owner: null,
  proxyUser: null,
  state: 'starting',
  kind: 'shared',
  appInfo: { driverLogUrl: null, sparkUiUrl: null, executorLogUrls: null },
  log: ['stdout: ', '\nstderr: '],
  ttl: null,
  idleTimeout: null,
  driverMemory: null,
  driverCores: 0,
  executorMemory: null,
  executorCores: 0,
  conf: {},
  archives: [],
  files: [],
  heartbeatTimeoutInSecond: 0,
  jars: [],
  numExecutors: 0,
  pyFiles: [],
  queue: null
};

describe('POST /sessions', () => {
  it('answers 201 with the 23 fields and a relative location', async () => {
    const { call } = await gatewayFixture();
    const answer = await call('POST', '/sessions', {});
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body, EMPTY_VIEW);
    assert.equal(answer.headers['location'], '/sessions/0');
    assert.equal(answer.headers['content-type'], 'application/json;charset=utf-8');
  });

  it('hands the request to the driver, with numbers of the conf as text', async () => {
    const { call, drivers } = await gatewayFixture();
    await call('POST', '/sessions', {
      kind: 'python',
      name: 'py',
      driverMemory: '2g',
      conf: { 'spark.executor.instances': 3, a: 'b' }
    });
    assert.deepEqual(drivers.last.request, {
      sessionId: 0,
      name: 'py',
      driverMemory: '2g',
      conf: { 'spark.executor.instances': '3', a: 'b' },
      jars: [],
      pyFiles: []
    });
  });

  for (const [kind, seen] of [
    ['scala', 'spark'],
    ['python', 'pyspark'],
    ['sql', 'sql'],
    ['shared', 'shared']
  ])
    it(`takes kind ${kind}`, async () => {
      const { call } = await gatewayFixture();
      const { body } = await call('POST', '/sessions', { kind });
      assert.equal((body as { kind: string }).kind, seen);
    });

  const REFUSED: readonly [string, unknown, number, unknown][] = [
    ['a text', 'hello', 400, /^Unrecognized token 'hello': was expecting \(JSON String/],
    [
      'an unfinished body',
      '{"kind":',
      400,
      /^Unexpected end-of-input within\/between Object entries/
    ],
    ['an empty body', '', 400, /^No content to map due to end-of-input/],
    [
      'a list',
      [],
      400,
      new RegExp(`^Cannot deserialize value of type \`${CREATE_CLASS}\` from Array value`)
    ],
    [
      'an unknown field',
      { bogus: 1 },
      400,
      /^Unrecognized field "bogus" \(class .*\), not marked as ignorable \(17 known properties: "/
    ],
    ['an empty kind', { kind: '' }, 400, `Invalid kind:  ${chain('kind')}`],
    ['a kind in capitals', { kind: 'SPARK' }, 400, `Invalid kind: SPARK ${chain('kind')}`],
    [
      'a kind that is a name of Object',
      { kind: 'toString' },
      400,
      `Invalid kind: toString ${chain('kind')}`
    ],
    [
      'a number as kind',
      { kind: 5 },
      400,
      `requirement failed: Kind should be a string. ${chain('kind')}`
    ],
    ['null as kind', { kind: null }, 500, /^java\.lang\.NullPointerException/],
    ['a text as number', { numExecutors: 'many' }, 500, CLASS_CAST],
    ['digits as number', { driverCores: '2' }, 500, CLASS_CAST],
    [
      'a text as conf',
      { conf: 'x' },
      400,
      /^Cannot construct instance of `scala\.collection\.immutable\.Map`.*\('x'\)/
    ],
    ['null as conf', { conf: null }, 500, /^java\.lang\.NullPointerException/],
    ['null in the conf', { conf: { a: null } }, 500, /^java\.lang\.NullPointerException/],
    ['an empty name', { name: '' }, 400, { msg: 'Rejected, Reason: Invalid session name: ' }],
    [
      'digits as name',
      { name: '123' },
      400,
      { msg: 'Rejected, Reason: Invalid session name: 123' }
    ],
    ['a number as name', { name: 12 }, 400, { msg: 'Rejected, Reason: Invalid session name: 12' }],
    [
      'a jar that is not there',
      { jars: ['file:///nowhere/x.jar'] },
      400,
      {
        msg: 'Rejected, Reason: requirement failed: Local path /nowhere/x.jar cannot be added to user sessions.'
      }
    ]
  ];
  for (const [what, request, status, body] of REFUSED)
    it(`refuses ${what}`, async () => {
      const { call, drivers } = await gatewayFixture();
      const answer = await call('POST', '/sessions', request);
      assert.equal(answer.status, status);
      if (body instanceof RegExp) assert.match(String(answer.body), body);
      else assert.deepEqual(answer.body, body);
      assert.equal(drivers.all.length, 0);
    });

  it('reads no form, and any other content type as JSON', async () => {
    const { call } = await gatewayFixture();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await call('POST', '/sessions', 'kind=spark', form)).status, 400);
    const text = { 'content-type': 'text/plain' };
    assert.equal((await call('POST', '/sessions', '{"kind":"sql"}', text)).status, 201);
  });

  it('uses up an id with a rejection, and refuses a name twice', async () => {
    const { call } = await gatewayFixture();
    await call('POST', '/sessions', { name: '1' });
    const first = await call('POST', '/sessions', { name: 'n' });
    assert.equal((first.body as { id: number }).id, 1);
    const second = await call('POST', '/sessions', { name: 'n' });
    assert.equal(second.status, 400);
    assert.match((second.body as { msg: string }).msg, /^Rejected, Reason: Duplicate session name/);
  });

  it('takes local jars and Python files, with or without a scheme', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-gateway-'));
    const jar = path.join(folder, 'a.jar');
    await writeFile(jar, '');
    const { call, drivers } = await gatewayFixture();
    await call('POST', '/sessions', { jars: [`file://${jar}`], pyFiles: [jar] });
    assert.deepEqual(drivers.last.request.jars, [jar]);
    assert.deepEqual(drivers.last.request.pyFiles, [jar]);
    await rm(folder, { recursive: true });
  });
});

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
        kinds: ['pyspark', 'sql'],
        localFiles: true,
        realTimeMode: true
      }
    });
  });
});
