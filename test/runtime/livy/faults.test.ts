import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../../src/runtime/clock.ts';
import { noAuth } from '../../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient, type LivyClientOptions } from '../../../src/runtime/livy/client.ts';
import type { LivyPort } from '../../../src/runtime/livy/port.ts';
import { ENDLESS, UNSTOPPABLE } from '../../conformance/replay/answers.ts';
import { livy07, livy09, QUICK } from '../../conformance/replay/profiles.ts';
import { ReplayServer } from '../../conformance/replay/replay-server.ts';
import { failsWith } from '../../fakes/errors.ts';

const HELLO = 'print("hello")\nprint("wörld ☃")';
const live = (): AbortSignal => AbortSignal.timeout(60_000);

/** A client and a server of which things go wrong; `known` sessions are created by another client. */
async function scene(
  test: TestContext,
  options: Partial<LivyClientOptions> = {},
  server = new ReplayServer(livy09)
) {
  await server.listen();
  test.after(() => server.close());
  const endpoint = () => ({ url: server.url, auth: noAuth });
  const target = { overrides: QUICK };
  const livy = createLivyClient({ endpoint, clock: systemClock, target, ...options });
  const { id } = await livy.createSession({});
  await untilIdle(livy, id);
  const held = server.sessions.get(id);
  assert.ok(held !== undefined);
  return { server, livy, id, held };
}

async function untilIdle(livy: LivyPort, id: number): Promise<void> {
  while ((await livy.getSession(id))?.state !== 'idle') await setImmediate();
}

const isPost = (method: string, path: string): boolean =>
  method === 'POST' && path.endsWith('/statements');
const isLook = (method: string, path: string): boolean =>
  method === 'GET' && /\/statements\/\d+$/.test(path);

describe('a statement whose POST gets no answer', () => {
  it('is found in the list where it was taken, and not sent again', async test => {
    const { server, livy, id, held } = await scene(test);
    await livy.run(id, HELLO, 'pyspark', { signal: live() });
    server.faults = [{ of: isPost, how: 'drop after' }];
    const output = await livy.run(id, HELLO, 'pyspark', { signal: live() });
    assert.equal(output.executionCount, 1);
    assert.deepEqual(
      held.statements.map(({ code }) => code),
      [HELLO, HELLO]
    );
  });

  it('is told from the same code of an earlier kernel, by releases without an order as well', async test => {
    for (const profile of [livy09, { ...livy07, auth: livy09.auth }]) {
      const { server, livy, id, held } = await scene(test, {}, new ReplayServer(profile));
      await livy.run(id, HELLO, 'pyspark', { signal: live() });
      await livy.run(id, HELLO, 'pyspark', { signal: live() });
      const endpoint = () => ({ url: server.url, auth: noAuth });
      const target = { overrides: QUICK };
      const next = createLivyClient({ endpoint, clock: systemClock, target });
      server.faults = [{ of: isPost, how: 'drop after' }];
      const output = await next.run(id, HELLO, 'pyspark', { signal: live() });
      assert.equal(output.executionCount, 2, profile.name);
      assert.equal(held.statements.length, 3);
    }
  });

  it('is given up where the list does not have it, rather than sent again', async test => {
    const { server, livy, id, held } = await scene(test);
    server.faults = [{ of: isPost, how: 'drop before' }];
    await assert.rejects(
      livy.run(id, HELLO, 'pyspark', { signal: live() }),
      failsWith('HR_LIVY_UNREACHABLE', /most likely not run.*then run it again/)
    );
    assert.deepEqual(held.statements, []);
  });

  it('is looked for when time is up as well', async test => {
    const { server, livy, id, held } = await scene(test, { timeouts: { change: 200 } });
    server.faults = [{ of: isPost, how: 'silence' }];
    await assert.rejects(
      livy.run(id, HELLO, 'pyspark', { signal: live() }),
      failsWith('HR_LIVY_UNREACHABLE', /most likely not run/)
    );
    assert.deepEqual(held.statements, []);
  });

  it('is sent again when nobody took the connection, once the endpoint is back', async test => {
    let recoveries = 0;
    const server = new ReplayServer(livy09);
    const recover = async () => {
      recoveries += 1;
      await server.listen();
    };
    const { livy, id, held } = await scene(test, { recover }, server);
    await server.close();
    // The client has to see that its idle connection is closed, or could not know what became of a request.
    await setImmediate();
    await setImmediate();
    const outputs = await Promise.all([
      livy.run(id, HELLO, 'pyspark', { signal: live() }),
      livy.run(id, '1+1', 'spark', { signal: live() })
    ]);
    assert.deepEqual(
      outputs.map(({ status }) => status),
      ['ok', 'ok']
    );
    assert.equal(recoveries, 1);
    assert.equal(held.statements.length, 2);
  });
});

describe('a look', () => {
  it('is repeated over dropped connections and pages of a proxy', async test => {
    const { server, livy, id } = await scene(test);
    server.faults = [
      { of: isLook, how: 'drop before' },
      { of: isLook, how: 'page' },
      { of: isLook, how: 'drop after' }
    ];
    const output = await livy.run(id, HELLO, 'pyspark', { signal: live() });
    assert.equal(output.status, 'ok');
    assert.deepEqual(server.faults, []);
  });

  it('gives up in one line when the page stays', async test => {
    const { server, livy, id } = await scene(test);
    server.faults = Array.from({ length: 10 }, () => ({ of: () => true, how: 'page' as const }));
    await assert.rejects(
      livy.getSession(id),
      failsWith('HR_LIVY_REFUSED', /^503 Service Unavailable \(GET \/sessions\/0/)
    );
  });

  it('has a limit of time', async test => {
    const { server, livy, id } = await scene(test, { timeouts: { read: 50 } });
    server.faults = Array.from({ length: 10 }, () => ({ of: () => true, how: 'silence' as const }));
    await assert.rejects(livy.getSession(id), failsWith('HR_LIVY_UNREACHABLE', /does not answer/));
  });

  it('is ended by its signal', async test => {
    const { server, livy, id } = await scene(test);
    server.faults = [{ of: () => true, how: 'silence' }];
    const abort = new AbortController();
    const look = livy.getSession(id, abort.signal);
    abort.abort();
    await assert.rejects(look, failsWith('HR_INTERRUPTED', /the call to Livy was/));
  });

  it('that finds no statement any more says that the output is lost', async test => {
    const { livy, id, held } = await scene(test);
    const running = livy.run(id, ENDLESS, 'pyspark', { signal: live() });
    while (held.statements.length === 0) await setImmediate();
    for (let more = 0; more < 100; more++) held.post('more', 'spark');
    await assert.rejects(
      running,
      failsWith('HR_LIVY_REFUSED', /output of statement 0 is lost \(Livy keeps the last 100/)
    );
  });

  it('that finds no session any more says so', async test => {
    const { server, livy, id, held } = await scene(test);
    const running = livy.run(id, ENDLESS, 'pyspark', { signal: live() });
    while (held.statements.length === 0) await setImmediate();
    server.sessions.delete(id);
    await assert.rejects(running, failsWith('HR_SESSION_DEAD', /gone/));
  });

  it('that finds the session dead says so', async test => {
    const { livy, id, held } = await scene(test);
    const running = livy.run(id, ENDLESS, 'pyspark', { signal: live() });
    while (held.statements.length === 0) await setImmediate();
    held.fixedState = 'dead';
    await assert.rejects(running, failsWith('HR_SESSION_DEAD', /dead/));
  });
});

describe('a cancelled statement', () => {
  it('of which the code goes on is told so, and its late output is not taken for a result', async test => {
    const { livy, id, held } = await scene(test);
    const abort = new AbortController();
    const running = livy.run(id, UNSTOPPABLE, 'spark', { signal: abort.signal });
    while (held.statements.length === 0) await setImmediate();
    abort.abort();
    await assert.rejects(
      running,
      failsWith('HR_INTERRUPTED', /session is still busy, and the next cell waits/)
    );
    assert.notEqual(held.statements[0]?.output, null);
  });
});
