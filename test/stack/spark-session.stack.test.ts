import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { HeadraceError } from '../../src/shared/errors.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { cellOutputs } from '../../src/runtime/livy/cell-outputs.ts';
import { bearer } from '../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../../src/runtime/livy/client.ts';
import type { LivyPort, StatementKind, StatementOutput } from '../../src/runtime/livy/port.ts';
import { sqlTable } from '../../src/runtime/livy/sql-table.ts';
import { createNotebookSession } from '../../src/runtime/session/notebook-session.ts';
import type { NotebookSession } from '../../src/runtime/session-port.ts';
import { testStack } from './endpoints.ts';

const NO_DEPENDENCIES = { packages: [], conf: {} };
const LIMIT_MS = 120_000;
/** Longer than any wait of a passing test. */
const FOREVER_S = 3_600;

const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);

/** Polls a condition; a bound on the wait, not a sleep. */
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `${what} did not happen`);
    await delay(50);
  }
}

function textOf(output: StatementOutput): string {
  assert.equal(output.status, 'ok', JSON.stringify(output));
  return String(output.data['text/plain']);
}

describe('a Spark session on the local stack', { timeout: 600_000 }, () => {
  let livy: LivyPort;
  let session: NotebookSession;
  const run = (code: string, kind: StatementKind = 'pyspark', signal = limit()) =>
    session.run(code, kind, { signal });

  before(async () => {
    const { livyUrl, livyToken } = testStack();
    livy = createLivyClient({
      endpoint: () => ({ url: livyUrl, auth: bearer(livyToken) }),
      clock: systemClock
    });
    session = createNotebookSession({
      livy,
      notebook: `session-test-${process.pid}`,
      dependencies: NO_DEPENDENCIES,
      resolvePackages: () => Promise.resolve([]),
      clock: systemClock
    });
    await session.ensure(() => undefined, limit());
  });
  after(() => session.reset(NO_DEPENDENCIES, limit()));

  /** Runs code, aborts it once it has begun (or has made the file `mark`), and gives the error. */
  async function interruptedRun(code: string, kind: StatementKind, mark?: string) {
    const abort = new AbortController();
    const running = run(code, kind, abort.signal).catch((error: unknown) => error);
    const id = session.current?.id;
    assert.ok(id !== undefined);
    await eventually('the statement runs', async () => {
      const seen = await livy.getSession(id, limit());
      return seen?.state === 'busy' && (mark === undefined || existsSync(mark));
    });
    abort.abort();
    return running;
  }

  it('prints in order and shows the value of the last expression', async () => {
    const output = await run("print('hello')\nx = 40\nx + 2");
    assert.equal(textOf(output), 'hello\n42');
    assert.deepEqual(cellOutputs(output), [
      { type: 'stream', name: 'stdout', text: 'hello\n' },
      { type: 'result', data: { 'text/plain': '42' } }
    ]);
  });

  it('shows an error as the user’s own lines', async () => {
    const output = await run("def f(a):\n    return 1 / a\nprint('before')\nf(0)");
    assert.ok(output.status === 'error');
    assert.equal(output.ename, 'ZeroDivisionError');
    const trace = output.traceback.join('');
    assert.match(trace, /File "<cell>", line 4/);
    assert.match(trace, /return 1 \/ a/);
    assert.doesNotMatch(trace, /driver|exec\(/);
    assert.deepEqual(cellOutputs(output), [{ type: 'stream', name: 'stdout', text: 'before\n' }]);
  });

  it('shows a Spark error without Java stack and plan', async () => {
    const output = await run("spark.sql('select * from no_such_table')");
    assert.ok(output.status === 'error');
    assert.match(output.evalue, /^\[TABLE_OR_VIEW_NOT_FOUND\]/);
    assert.doesNotMatch(output.evalue + output.traceback.join(''), /\n\s*at |'Project|py4j/);
  });

  it('shows the error of a Python function on an executor', async () => {
    const output = await run(
      'from pyspark.sql.functions import udf\nspark.range(1).select(udf(lambda n: 1 / n)("id")).collect()'
    );
    assert.ok(output.status === 'error');
    assert.match(output.evalue, /ZeroDivisionError/);
    assert.doesNotMatch(output.evalue, /\n\tat /);
  });

  it('shows a DataFrame as a bounded table', async () => {
    const output = await run('spark.range(1000)');
    assert.equal(textOf(output), 'DataFrame[id: bigint]');
    const html = String(output.data?.['text/html']);
    assert.equal(html.match(/<tr>/g)?.length, 21);
    assert.match(html, /first 20 rows/);
  });

  it('shows matplotlib figures as pictures, in order', async () => {
    const output = await run(
      "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('between')\nplt.plot([2, 1])\nNone"
    );
    const kinds = cellOutputs(output).map(shown =>
      shown.type === 'stream' ? shown.text.trim() : Object.keys(shown.data).join()
    );
    assert.deepEqual(kinds, ['image/png,text/plain', 'between', 'image/png,text/plain']);
    assert.ok(output.status === 'ok');
    const png = Buffer.from(String(output.data['image/png']), 'base64');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
  });

  it('survives sys.exit', async () => {
    const output = await run('import sys\nsys.exit(3)');
    assert.ok(output.status === 'error');
    assert.equal(output.ename, 'SystemExit');
    assert.equal(textOf(await run('x')), '40');
  });

  it('shares temporary views between pyspark and sql', async () => {
    await run("spark.range(3).createOrReplaceTempView('three')");
    const table = sqlTable(await run('SELECT max(id) AS m FROM three', 'sql'));
    assert.deepEqual(table, {
      columns: [{ name: 'm', type: 'bigint' }],
      rows: [[2]],
      truncated: false
    });
    await run('CREATE OR REPLACE TEMP VIEW four AS SELECT * FROM range(4)', 'sql');
    assert.equal(textOf(await run("spark.table('four').count()")), '4');
  });

  it('answers sql in Livy’s shape and exactly, and says when rows were cut', async () => {
    const output = await run(
      "SELECT id, 9007199254740993 AS l, CAST(1.10 AS DECIMAL(9,4)) AS d, TIMESTAMP'2024-05-06 07:08:09.123456 UTC' AS ts," +
        " named_struct('x', 1) AS st, CAST('NaN' AS DOUBLE) AS nan, INTERVAL '2' YEAR AS y, X'00FF' AS b FROM range(1500)",
      'sql'
    );
    assert.ok(output.status === 'ok', JSON.stringify(output));
    const livyForm = output.data['application/json'] as { data: unknown[][] };
    assert.equal(livyForm.data.length, 1000);
    assert.deepEqual(livyForm.data[0]?.[3], '2024-05-06T07:08:09Z');
    assert.deepEqual(livyForm.data[0][5], null);
    const table = sqlTable(output);
    assert.equal(table?.truncated, true);
    assert.deepEqual(table.rows[0], [
      0,
      '9007199254740993',
      '1.1000',
      '2024-05-06T07:08:09.123456Z',
      { x: 1 },
      'NaN',
      "INTERVAL '2' YEAR",
      'AP8='
    ]);
  });

  it('refuses a wrong sql text in one sentence with its class', async () => {
    const output = await run('SELEC 1', 'sql');
    assert.ok(output.status === 'error');
    assert.match(output.evalue, /^\[PARSE_SYNTAX_ERROR\] .*\(line 1, pos 0\)$/);
  });

  describe('interrupt', () => {
    before(() =>
      run(
        "q = spark.readStream.format('rate').load().writeStream.format('memory').queryName('ticks').start()"
      )
    );
    after(() => run('q.stop()'));

    const begun = path.join(mkdtempSync(path.join(os.tmpdir(), 'headrace-session-')), 'begun');
    const touch = `open(${JSON.stringify(begun)}, 'w').close()`;
    afterEach(() => rmSync(begun, { force: true }));
    after(() => rmSync(path.dirname(begun), { recursive: true }));

    for (const [name, code, kind, mark] of [
      ['a sleeping cell', `import time\n${touch}\ntime.sleep(${FOREVER_S})`, 'pyspark', begun],
      ['an endless loop', `${touch}\nwhile True: pass`, 'pyspark', begun],
      [
        'a Spark job',
        `import time\nsc.range(4).foreach(lambda n: (${touch}, time.sleep(${FOREVER_S})))`,
        'pyspark',
        begun
      ],
      ['a sql statement', 'SELECT count(*) FROM range(0, 100000000000000, 1, 4)', 'sql', undefined]
    ] as const)
      it(`ends ${name}, and the streaming query lives on`, async () => {
        const error = await interruptedRun(code, kind, mark);
        assert.ok(error instanceof HeadraceError, JSON.stringify(error));
        assert.equal(error.code, 'HR_INTERRUPTED');
        assert.equal(textOf(await run('6 * 7')), '42');
        assert.equal(textOf(await run('q.isActive')), 'True');
        assert.equal(textOf(await run('spark.range(10).count()')), '10');
      });
  });

  it('tells the reason when the driver dies, and starts anew when asked', async () => {
    const error = await run('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)').catch(
      (reason: unknown) => reason
    );
    assert.ok(error instanceof HeadraceError, JSON.stringify(error));
    assert.equal(error.code, 'HR_SESSION_DEAD');
    assert.match(error.why ?? '', /SIGKILL/);
    const steps: string[] = [];
    await session.ensure(step => steps.push(step.label), limit());
    assert.match(steps.at(-1) ?? '', /variables and temporary views of the last one are lost/);
    const output = await run('x');
    assert.ok(output.status === 'error');
    assert.equal(output.ename, 'NameError');
  });
});
