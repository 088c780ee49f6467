import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { systemClock } from '../../src/runtime/clock.ts';
import { bearer } from '../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../../src/runtime/livy/client.ts';
import { createNotebookSession } from '../../src/runtime/session/notebook-session.ts';
import { testStack } from './endpoints.ts';
import { kill } from './own-stack.ts';
import { RawLivy, textOf } from './raw-livy.ts';
import { limit, quiet } from './stream-fixture.ts';

const MIB = 1024 * 1024;
/** What a statement may answer at most: the bound of its output, and room for the rest. */
const MAX_ANSWER = 3 * MIB;
const NO_DEPENDENCIES = { packages: [], conf: {} };

/** One session gets what is bad; another one works after each of it. */
describe('bad input on the real stack', { timeout: 600_000 }, () => {
  const livy = new RawLivy();
  let victim = NaN;
  let bystander = NaN;

  before(async () => {
    [victim, bystander] = await Promise.all([livy.session(), livy.session()]);
    await livy.run(bystander, 'counter = 0');
  });
  let works = 0;
  afterEach(async () => {
    const statement = await livy.run(bystander, 'counter += 1\ncounter');
    assert.equal(textOf(statement), String(++works));
  });
  after(() => livy.removeAll());

  it('a statement to a session that never was', async () => {
    const { status, body } = await livy.submit(987_654, '1');
    assert.deepEqual([status, body], [404, { msg: "Session '987654' not found." }]);
  });

  it('code of 10 MB runs', async () => {
    const text = 'x'.repeat(10 * MIB);
    assert.equal(textOf(await livy.run(victim, `len('${text}')`)), String(text.length));
  });

  it('code beyond the limit of a request is refused', async () => {
    const { status, body } = await livy.submit(victim, 'x'.repeat(51 * MIB));
    assert.equal(status, 413, JSON.stringify(body));
    assert.equal(textOf(await livy.run(victim, '1 + 1')), '2');
  });

  for (const [what, code] of [
    ['a result', `'x' * (60 * ${MIB})`],
    ['printed text', `print('x' * (60 * ${MIB}))`]
  ] as const) {
    it(`${what} of 60 MB is cut, and says so`, async () => {
      const statement = await livy.run(victim, code);
      assert.equal(statement.output?.status, 'ok');
      assert.ok(textOf(statement).length < MAX_ANSWER);
      assert.match(textOf(statement).slice(-200), /output cut here/);
    });
  }

  it('an endless print stays bounded and can be cancelled', async () => {
    const { status, body } = await livy.submit(victim, "while True: print('endless ' * 100)");
    assert.equal(status, 201);
    const { id } = body as { id: number };
    await livy.untilStatement(victim, id, ({ state }) => state === 'running');
    await livy.call('POST', `/sessions/${victim}/statements/${id}/cancel`);
    const ended = await livy.untilEnded(victim, id);
    assert.equal(ended.state, 'cancelled');
    assert.ok(JSON.stringify(ended).length < MAX_ANSWER);
    assert.equal(textOf(await livy.run(victim, '1 + 1')), '2');
  });

  it('a body that is not UTF-8 is refused', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`{"code":"print('a`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`')"}`)
    ]);
    const { status, body } = await livy.call('POST', `/sessions/${victim}/statements`, bytes);
    assert.equal(status, 400);
    assert.match(String(body), /^Invalid UTF-8/);
  });

  it('output that is not UTF-8 arrives with replacements', async () => {
    const code =
      "import sys, os\nsys.stdout.buffer.write(b'a\\xffb\\n')\nos.write(1, b'raw\\xff\\n')";
    assert.match(textOf(await livy.run(victim, code)), /^a\uFFFDb\n/);
  });

  it('a driver that is killed leaves a dead session with the reason in its log', async () => {
    const pid = Number(textOf(await livy.run(victim, 'import os; os.getpid()')));
    await kill(pid);
    await livy.untilState(victim, 'dead');
    assert.match(await livy.log(victim), /killed by SIGKILL/);
    const { status, body } = await livy.submit(victim, '1');
    assert.equal(status, 500);
    assert.match(String(body), /Session is in state dead/);
  });

  it('one of two sessions of one name that are created at once is refused', async () => {
    const request = { kind: 'pyspark', name: `same-${process.pid}`, driverMemory: '512m' };
    const answers = await Promise.all([livy.create(request), livy.create(request)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400]);
    const refused = answers.find(({ status }) => status === 400);
    assert.match(JSON.stringify(refused?.body), /Duplicate session name/);
  });

  it('a Java machine that is out of memory leaves a dead session with the reason', async () => {
    const { body } = await livy.call('GET', `/sessions/same-${process.pid}`);
    const { id } = body as { id: number };
    await livy.untilState(id, 'idle');
    await livy.submit(id, 'spark.sparkContext._gateway.new_array(spark._jvm.long, 200_000_000)');
    await livy.untilState(id, 'dead');
    assert.match(await livy.log(id), /OutOfMemoryError/);
  });

  it('two kernels that create the session of one notebook at once share it', async () => {
    const { livyUrl: url, livyToken } = testStack();
    const kernel = () =>
      createNotebookSession({
        livy: createLivyClient({
          endpoint: () => ({ url, auth: bearer(livyToken) }),
          clock: systemClock
        }),
        notebook: `twice-${process.pid}`,
        dependencies: NO_DEPENDENCIES,
        resolvePackages: () => Promise.resolve([]),
        clock: systemClock
      });
    const [one, other] = [kernel(), kernel()];
    try {
      const [first, second] = await Promise.all([
        one.ensure(quiet, limit()),
        other.ensure(quiet, limit())
      ]);
      assert.equal(first.id, second.id);
    } finally {
      await one.reset(NO_DEPENDENCIES, limit());
    }
  });
});
