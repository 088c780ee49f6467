import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

interface View {
  readonly id: number;
  readonly state: string;
  readonly output: unknown;
  readonly progress: number;
}

const REMOTE =
  'java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: java.lang.';

async function fixture(request?: unknown) {
  const parts = await gatewayFixture();
  await parts.idleSession(request);
  const post = (code: string, kind?: string) =>
    parts.call('POST', '/sessions/0/statements', kind === undefined ? { code } : { code, kind });
  const view = async (id: number) =>
    (await parts.call('GET', `/sessions/0/statements/${id}`)).body as View;
  const cancel = (id: number) => parts.call('POST', `/sessions/0/statements/${id}/cancel`);
  return { ...parts, post, view, cancel };
}

describe('a statement', () => {
  it('is waiting when posted, and then runs', async () => {
    const { post, view, drivers, clock } = await fixture();
    const answer = await post('1 + 1');
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['location'], '/sessions/0/statements/0');
    assert.deepEqual(answer.body, {
      id: 0,
      code: '1 + 1',
      state: 'waiting',
      output: null,
      progress: 0,
      started: 0,
      completed: 0
    });
    assert.equal((await view(0)).state, 'running');
    assert.deepEqual(drivers.last.executed, [{ id: 0, code: '1 + 1', kind: 'pyspark' }]);
    drivers.last.events.progress(0, 0.5);
    assert.equal((await view(0)).progress, 0.5);
    drivers.last.finish('2');
    assert.deepEqual(await view(0), {
      id: 0,
      code: '1 + 1',
      state: 'available',
      output: { status: 'ok', data: { 'text/plain': '2' }, execution_count: 0 },
      progress: 1,
      started: clock.now(),
      completed: clock.now()
    });
  });

  it('waits for the one before, while the session is busy', async () => {
    const { post, view, drivers, call } = await fixture();
    await post('first');
    await post('second');
    assert.equal((await view(1)).state, 'waiting');
    assert.deepEqual((await call('GET', '/sessions/0/state')).body, { id: 0, state: 'busy' });
    drivers.last.finish('');
    assert.equal((await view(1)).state, 'running');
    drivers.last.finish('');
    assert.deepEqual((await call('GET', '/sessions/0/state')).body, { id: 0, state: 'idle' });
  });

  it('that failed is available, with an error as its output', async () => {
    const { post, view, drivers } = await fixture();
    await post('1 / 0');
    drivers.last.answer({ status: 'error', ename: 'E', evalue: 'v', traceback: [] });
    const { state, output } = await view(0);
    assert.equal(state, 'available');
    assert.deepEqual(output, {
      status: 'error',
      ename: 'E',
      evalue: 'v',
      traceback: [],
      execution_count: 0
    });
  });

  it('is cancelled at once while it waits, and never reaches the driver', async () => {
    const { post, view, cancel, drivers } = await fixture();
    await post('first');
    await post('second');
    assert.deepEqual((await cancel(1)).body, { msg: 'canceled' });
    const { state, output, progress } = await view(1);
    assert.deepEqual([state, output, progress], ['cancelled', null, 1]);
    drivers.last.finish('');
    assert.equal(drivers.last.executed.length, 1);
    assert.deepEqual(drivers.last.cancelled, []);
  });

  it('is cancelling until the driver has ended it', async () => {
    const { post, view, cancel, drivers } = await fixture();
    await post('sleep');
    await view(0);
    await cancel(0);
    assert.equal((await view(0)).state, 'cancelling');
    assert.deepEqual(drivers.last.cancelled, [0]);
    drivers.last.answer({ status: 'error', ename: 'KeyboardInterrupt', evalue: '', traceback: [] });
    assert.equal((await view(0)).state, 'cancelled');
  });

  it('can be cancelled in vain: unknown or ended ones answer 200', async () => {
    const { post, view, cancel, drivers } = await fixture();
    await post('1');
    drivers.last.finish('1');
    assert.equal((await cancel(0)).status, 200);
    assert.equal((await cancel(77)).status, 200);
    assert.equal((await view(0)).state, 'available');
  });

  it('takes the kind of the session unless it names one', async () => {
    const { post, drivers } = await fixture({ kind: 'sql' });
    await post('SELECT 1');
    drivers.last.finish('');
    await post('1', 'python');
    assert.deepEqual(
      drivers.last.executed.map(({ kind }) => kind),
      ['sql', 'pyspark']
    );
  });

  it('is kept among the newest hundred', async () => {
    const { post, drivers, call } = await fixture();
    for (let n = 0; n < 105; n++) {
      await post(`n${n}`);
      drivers.last.finish('');
    }
    const old = await call('GET', '/sessions/0/statements/4');
    assert.deepEqual([old.status, old.body], [404, 'Statement not found']);
    const list = async (query: string) =>
      (await call('GET', `/sessions/0/statements${query}`)).body as {
        total_statements: number;
        statements: View[];
      };
    assert.equal((await list('')).total_statements, 100);
    assert.deepEqual(
      (await list('?from=1&size=2')).statements.map(({ id }) => id),
      [6, 7]
    );
    assert.deepEqual(
      (await list('?size=2&order=desc')).statements.map(({ id }) => id),
      [104, 103]
    );
  });
});

describe('wrong requests', () => {
  for (const [what, method, url, body, status, expected] of [
    ['an unknown statement', 'GET', '/9999', undefined, 404, 'Statement not found'],
    ['a word as id', 'GET', '/abc', undefined, 400, { msg: 'For input string: "abc"' }],
    ['a word as from', 'GET', '?from=x', undefined, 400, { msg: 'For input string: "x"' }],
    ['a missing code', 'POST', '', { kind: 'sql' }, 500, /NullPointerException/],
    ['null as code', 'POST', '', { code: null }, 500, /NullPointerException/],
    [
      'an unknown kind',
      'POST',
      '',
      { code: '1', kind: 'cobol' },
      500,
      `${REMOTE}IllegalArgumentException: Invalid kind: cobol`
    ],
    ['an empty body', 'POST', '', '', 400, /^No content to map due to end-of-input/],
    [
      'no JSON',
      'POST',
      '',
      '{"code":',
      400,
      /^Unexpected end-of-input within\/between Object entries/
    ],
    [
      'an unknown field',
      'POST',
      '',
      { code: '1', bogus: 1 },
      400,
      /^Unrecognized field "bogus" .*\(3 known properties: "msg_type", "kind", "code"\]\)/
    ]
  ] as const)
    it(`answers ${status} to ${what}`, async () => {
      const { call, drivers } = await fixture();
      const answer = await call(method, `/sessions/0/statements${url}`, body);
      assert.equal(answer.status, status);
      if (expected instanceof RegExp) assert.match(String(answer.body), expected);
      else assert.deepEqual(answer.body, expected);
      assert.equal(drivers.last.executed.length, 0);
    });

  it('refuses a statement without a kind in a shared session', async () => {
    const { post } = await fixture({});
    const answer = await post('1');
    assert.equal(answer.status, 500);
    assert.match(String(answer.body), /Code type should be specified if session kind is shared/);
  });

  it('refuses statements while the session starts, and lists none', async () => {
    const { call } = await gatewayFixture();
    await call('POST', '/sessions', { kind: 'pyspark' });
    const answer = await call('POST', '/sessions/0/statements', { code: '1' });
    assert.deepEqual(
      [answer.status, answer.body],
      [500, 'java.lang.IllegalStateException: Session is in state starting']
    );
    assert.deepEqual((await call('GET', '/sessions/0/statements')).body, {
      total_statements: 0,
      statements: []
    });
  });

  it('completes nothing, and needs a kind for it', async () => {
    const { call } = await fixture();
    const url = '/sessions/0/completion';
    const good = await call('POST', url, { code: 'sc.', kind: 'pyspark', cursor: 3 });
    assert.deepEqual(good.body, { candidates: [] });
    assert.match(String((await call('POST', url, { code: 'sc.' })).body), /Invalid kind: null$/);
  });
});
