import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

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

  it('belongs to the user name that came with the token, where one did', async () => {
    const { call } = await gatewayFixture();
    const basic = Buffer.from('ada:token').toString('base64');
    const ownerOf = async (headers: Record<string, string>) =>
      ((await call('POST', '/sessions', {}, headers)).body as { owner: unknown }).owner;
    assert.equal(await ownerOf({ authorization: `Basic ${basic}` }), 'ada');
    assert.equal(await ownerOf({ authorization: 'Bearer token' }), null);
    assert.equal(await ownerOf({}), null);
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
      folder: '/held/session-0',
      name: 'py',
      kind: 'pyspark',
      driverMemory: '2g',
      conf: { 'spark.executor.instances': '3', a: 'b' },
      jars: [],
      pyFiles: [],
      files: [],
      archives: []
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
