import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '../../src/runtime/clock.ts';
import type {
  LivyCapabilities,
  LivyPort,
  StatementKind,
  StatementOutput
} from '../../src/runtime/livy/port.ts';
import { isReady } from '../../src/runtime/livy/session-state.ts';
import { sqlTable } from '../../src/runtime/livy/sql-table.ts';
import { failsWith } from '../fakes/errors.ts';
import { ENDLESS } from './replay/answers.ts';

const LIMIT_MS = 180_000;
const UNKNOWN = 987_654;

export interface SuiteTarget {
  readonly livy: LivyPort;
  /** What the client has to know of it. */
  readonly expected: Partial<LivyCapabilities>;
  readonly close: () => Promise<void>;
}

const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);

/** What the client does at every target alike; each check says what a caller gets, whatever the endpoint sends. */
export function clientSuite(name: string, open: () => Promise<SuiteTarget>): void {
  describe(`the Livy client at ${name}`, { timeout: 2 * LIMIT_MS }, () => {
    const sessionName = `headrace-suite-${process.pid}`;
    let target: SuiteTarget;
    let livy: LivyPort;
    let capabilities: LivyCapabilities;
    let id: number;
    const run = (code: string, kind: StatementKind): Promise<StatementOutput> =>
      livy.run(id, code, kind, { signal: limit() });

    before(async () => {
      target = await open();
      livy = target.livy;
      capabilities = await livy.capabilities();
      const created = await livy.createSession({
        name: sessionName,
        kind: 'pyspark',
        driverMemory: '1g',
        ttl: '2h',
        idleTimeout: '30m',
        heartbeatTimeoutInSecond: 0
      });
      id = created.id;
      await untilReady();
    });
    after(async () => {
      await livy.deleteSession(id);
      await target.close();
    });

    async function untilReady(): Promise<void> {
      const deadline = Date.now() + LIMIT_MS;
      for (;;) {
        const session = await livy.getSession(id);
        if (session !== null && isReady(session.state)) return;
        assert.ok(Date.now() < deadline, `the session is ${session?.state}`);
        await systemClock.sleep(capabilities.pollMs.firstMs);
      }
    }

    it('knows what the endpoint can do', () => {
      const { expected } = target;
      const keys = Object.keys(expected) as (keyof LivyCapabilities)[];
      const known = Object.fromEntries(keys.map(key => [key, capabilities[key]]));
      assert.deepEqual(known, expected);
    });

    it('finds a session by its id, by its name and in the list', async () => {
      assert.equal((await livy.getSession(id))?.name, sessionName);
      assert.equal((await livy.getSession(sessionName))?.id, id);
      assert.ok((await livy.listSessions()).some(session => session.id === id));
    });

    it('knows no other session, and deletes none that is gone', async () => {
      assert.equal(await livy.getSession(UNKNOWN), null);
      assert.equal(await livy.getSession('headrace-nobody'), null);
      await livy.deleteSession(UNKNOWN);
    });

    it('runs Python, with the text as it was printed', async () => {
      const output = await run('print("hello")\nprint("wörld ☃")', 'pyspark');
      assert.ok(output.status === 'ok', JSON.stringify(output));
      assert.equal(String(output.data['text/plain']).trim(), 'hello\nwörld ☃');
    });

    it('gives an error of Python as an output', async () => {
      const output = await run('def g():\n    raise ValueError("boom")\ng()', 'pyspark');
      assert.ok(output.status === 'error');
      assert.deepEqual([output.ename, output.evalue], ['ValueError', 'boom']);
      assert.ok(output.traceback.length > 0);
    });

    it('runs Scala', async () => {
      const output = await run('1 + 1', 'spark');
      assert.match(String(output.data?.['text/plain']), /^res\d+: Int = 2\n?$/);
    });

    it('gives the exact table of a SQL text, whether or not there is a kind for it', async () => {
      const table = { columns: [{ name: 'a', type: 'int' }], rows: [[1]], truncated: false };
      assert.deepEqual(sqlTable(await run('SELECT 1 AS a', 'sql')), table);
    });

    it('gives the words of Spark for a SQL text that it refuses', async () => {
      const output = await run('SELECT * FROM nosuchtable', 'sql');
      assert.ok(output.status === 'error');
      assert.match(output.evalue, /TABLE_OR_VIEW_NOT_FOUND/);
    });

    it('cancels a statement, and the session goes on', async () => {
      const abort = new AbortController();
      const running = livy.run(id, ENDLESS, 'pyspark', { signal: abort.signal });
      const interrupted = assert.rejects(
        running,
        failsWith('HR_INTERRUPTED', /cancelled in Spark/)
      );
      await untilBusy();
      abort.abort();
      await interrupted;
      assert.equal((await run('6 * 7', 'pyspark')).data?.['text/plain'], '42');
    });

    async function untilBusy(): Promise<void> {
      const deadline = Date.now() + LIMIT_MS;
      while ((await livy.getSession(id))?.state !== 'busy') {
        assert.ok(Date.now() < deadline, 'the statement does not run');
        await systemClock.sleep(5);
      }
    }

    it('completes Scala where the endpoint can', async () => {
      const words = await livy.complete(id, 'sc.paral', 'spark', 8);
      if (capabilities.completion) assert.ok(words.includes('parallelize'), words.join());
      else assert.deepEqual(words, []);
    });

    it('reads the log where there is one', async () => {
      const lines = await livy.sessionLog(id, 2);
      assert.equal(lines.length > 0, capabilities.log);
    });

    it('keeps the session alive', () => livy.keepAlive(id, limit()));

    it('says that a session is gone, whatever the endpoint says', async () => {
      const gone = livy.run(UNKNOWN, '1', 'pyspark', { signal: limit() });
      await assert.rejects(gone, failsWith('HR_SESSION_DEAD', /gone/));
    });

    it('refuses what the endpoint has not, with another way', async () => {
      if (capabilities.batches) assert.equal(await livy.getBatch(UNKNOWN), null);
      else
        await assert.rejects(
          livy.submitBatch({ file: '/job.py' }),
          failsWith('HR_USAGE', /takes no batches/)
        );
    });
  });
}
