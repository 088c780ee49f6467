import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { bearer } from '../../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../../../src/runtime/livy/client.ts';
import { scriptedFetch, type ScriptedReply, type SentRequest } from '../../fakes/scripted-fetch.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const URL_ = 'http://livy.test:8998';

type Answer = (request: SentRequest) => ScriptedReply | Promise<ScriptedReply>;

/** A client of a Livy 0.9 without statements as yet, which else answers as it is told. */
function client(answer: Answer) {
  const { fetch, sent } = scriptedFetch(request => {
    if (request.path === '/version') return { status: 200, body: { version: '0.9.0-incubating' } };
    if (request.path.endsWith('&order=desc'))
      return { status: 200, body: { total_statements: 0, statements: [] } };
    return answer(request);
  });
  const clock = new VirtualClock();
  return {
    livy: createLivyClient({
      endpoint: () => ({ url: `${URL_}/`, auth: bearer('secret') }),
      clock,
      fetch
    }),
    sent,
    clock
  };
}

const always = (status: number, body?: unknown) => client(() => ({ status, body }));
const live = (): AbortSignal => new AbortController().signal;

async function failure(promise: Promise<unknown>): Promise<HeadraceError> {
  const error: unknown = await promise.then(
    () => assert.fail('no error'),
    (reason: unknown) => reason
  );
  assert.ok(error instanceof HeadraceError, String(error));
  return error;
}

const statement = (state: string, more: object = {}) => ({
  id: 3,
  code: '1',
  state,
  output: null,
  progress: 0,
  started: 0,
  completed: 0,
  ...more
});
const OK = { status: 'ok', execution_count: 3, data: { 'text/plain': '1' } };

/** A server that answers a POST, then each GET with the next state, the last one for ever. */
function statements(...states: object[]) {
  let next = 0;
  return client(({ method, path }) => {
    if (path.endsWith('/cancel')) return { status: 200, body: { msg: 'canceled' } };
    if (method === 'POST') return { status: 201, body: statement('waiting') };
    return { status: 200, body: states[Math.min(next++, states.length - 1)] };
  });
}

describe('sessions', () => {
  it('sends the token and the header that Livy’s CSRF protection wants', async () => {
    const { livy, sent } = always(200, { id: 1, state: 'idle', kind: 'pyspark', log: [] });
    await livy.getSession('a name/x');
    const request = sent.at(-1);
    assert.equal(request?.path, '/sessions/a%20name%2Fx');
    assert.equal(request.headers.get('authorization'), 'Bearer secret');
    assert.ok(request.headers.has('x-requested-by'));
  });

  it('reads what old and foreign servers leave out or call otherwise', async () => {
    const { livy } = always(201, { id: 1, state: 'hibernating', kind: null });
    assert.deepEqual(await livy.createSession({}), {
      id: 1,
      name: null,
      state: 'unknown',
      kind: 'shared',
      appId: null,
      log: []
    });
  });

  it('knows no session is no error', async () => {
    const { livy } = always(404, { msg: "Session '9' not found." });
    assert.equal(await livy.getSession(9), null);
    await livy.deleteSession(9);
  });

  it('says what the endpoint said', async () => {
    const error = await failure(always(400, { msg: 'Rejected, Reason: x' }).livy.createSession({}));
    assert.equal(error.code, 'HR_LIVY_REFUSED');
    assert.equal(error.message, 'Rejected, Reason: x');
    assert.match(error.why ?? '', /POST \/sessions was answered with status 400/);
  });

  it('says when another program answers', async () => {
    const error = await failure(always(200, '<html>hello</html>').livy.getSession(1));
    assert.equal(error.code, 'HR_LIVY_REFUSED');
    assert.match(error.message, /is not what Livy sends/);
  });

  it('says when nobody answers', async () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:8998');
    const { livy } = client(() => new TypeError('fetch failed', { cause }));
    const error = await failure(livy.getSession(1));
    assert.equal(error.code, 'HR_LIVY_UNREACHABLE');
    assert.equal(error.why, cause.message);
    assert.match(error.next ?? '', /^Check that the stack is running \(%provision status\)/);
  });
});

describe('a statement', () => {
  it('is sent once and looked at until it is available', async () => {
    const { livy, sent } = statements(
      statement('waiting'),
      statement('running'),
      statement('available', { output: OK })
    );
    const output = await livy.run(7, 'code', 'pyspark', { signal: live() });
    assert.deepEqual(output, { status: 'ok', executionCount: 3, data: { 'text/plain': '1' } });
    assert.deepEqual(
      sent.filter(({ method }) => method === 'POST').map(({ body }) => body),
      [{ code: 'code', kind: 'pyspark' }]
    );
    assert.equal(sent.filter(({ path }) => path.endsWith('/statements/3')).length, 3);
  });

  it('gives an error as an output, with what came before it', async () => {
    const output = { status: 'error', execution_count: 3, ename: 'E', evalue: 'v', data: { a: 1 } };
    const { livy } = statements(statement('available', { output }));
    assert.deepEqual(await livy.run(7, '', 'sql', { signal: live() }), {
      status: 'error',
      executionCount: 3,
      ename: 'E',
      evalue: 'v',
      traceback: [],
      data: { a: 1 }
    });
  });

  it('reports progress only when it has grown', async () => {
    const { livy } = statements(
      statement('running', { progress: 0.5 }),
      statement('running', { progress: 0.2 }),
      statement('available', { output: OK, progress: 1 })
    );
    const seen: number[] = [];
    await livy.run(7, '', 'sql', { signal: live(), onProgress: progress => seen.push(progress) });
    assert.deepEqual(seen, [0.5, 1]);
  });

  it('is not sent at all after an abort', async () => {
    const { livy, sent } = statements(statement('running'));
    const error = await failure(livy.run(7, '', 'sql', { signal: AbortSignal.abort() }));
    assert.equal(error.code, 'HR_INTERRUPTED');
    assert.deepEqual(sent, []);
  });

  it('is cancelled once on abort, and waited for until it has ended', async () => {
    const abort = new AbortController();
    let looks = 0;
    let cancels = 0;
    const { livy } = client(({ method, path }) => {
      if (path.endsWith('/cancel')) return (cancels++, { status: 200, body: { msg: 'canceled' } });
      if (method === 'POST') return { status: 201, body: statement('waiting') };
      if (!path.endsWith('/statements/3')) return { status: 404 };
      if (++looks === 3) abort.abort();
      return { status: 200, body: statement(looks < 10 ? 'cancelling' : 'cancelled') };
    });
    const error = await failure(livy.run(7, '', 'sql', { signal: abort.signal }));
    assert.equal(error.code, 'HR_INTERRUPTED');
    assert.equal(cancels, 1);
    assert.equal(looks, 10);
  });

  it('that does not end after a cancel is given up with a way out', async () => {
    const abort = new AbortController();
    const { livy } = client(({ method, path }) => {
      if (path.endsWith('/cancel')) return { status: 200, body: { msg: 'canceled' } };
      if (method === 'POST') return { status: 201, body: statement('waiting') };
      abort.abort();
      return { status: 200, body: statement('cancelling') };
    });
    const error = await failure(livy.run(7, '', 'sql', { signal: abort.signal }));
    assert.equal(error.code, 'HR_TIMEOUT');
    assert.match(error.next ?? '', /%interpreter reset/);
  });

  for (const [what, session] of [
    ['dead', { status: 200, body: { id: 7, state: 'dead', kind: 'pyspark', log: [] } }],
    ['gone', { status: 404, body: { msg: "Session '7' not found." } }]
  ] as const)
    it(`says that the session is ${what} where the endpoint says something else`, async () => {
      const { livy } = client(({ method, path }) => {
        if (path === '/sessions/7') return session;
        if (method === 'POST') return { status: 201, body: statement('waiting') };
        return { status: 400, body: { msg: "requirement failed: Session isn't active." } };
      });
      const error = await failure(livy.run(7, '', 'sql', { signal: live() }));
      assert.equal(error.code, 'HR_SESSION_DEAD');
    });

  it('keeps the endpoint’s words while the session lives', async () => {
    const { livy } = client(({ path }) =>
      path === '/sessions/7'
        ? { status: 200, body: { id: 7, state: 'starting', kind: 'pyspark', log: [] } }
        : { status: 500, body: 'java.lang.IllegalStateException: Session is in state starting' }
    );
    const error = await failure(livy.run(7, '', 'sql', { signal: live() }));
    assert.equal(error.code, 'HR_LIVY_REFUSED');
    assert.match(error.message, /Session is in state starting/);
  });
});
