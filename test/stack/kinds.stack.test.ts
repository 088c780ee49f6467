import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { readEnvironment } from '../../src/local/environment.ts';
import { headracePaths } from '../../src/local/paths.ts';
import { field, idleSession, post, rest, run, untilState } from './rest.ts';
import { eventually } from './stream-fixture.ts';

/** Longer than any wait of a passing test, milliseconds. */
const FOREVER_MS = 3_600_000;

/** A jar of the broker, of which Spark itself has no class. */
const OTHER_JAR = 'jopt-simple-5.0.4.jar';
const OTHER_CLASS = 'joptsimple.OptionParser';

interface Output {
  readonly status: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

describe('kinds of statements', { timeout: 600_000 }, () => {
  let session = '';
  before(async () => {
    session = await idleSession({ kind: 'spark' });
  });
  after(() => rest('DELETE', session));

  async function output(code: string, kind = 'spark'): Promise<Output> {
    return field(await run(session, { code, kind }), 'output') as Output;
  }

  async function text(code: string, kind = 'spark'): Promise<unknown> {
    const { data, ...rest } = await output(code, kind);
    assert.deepEqual(rest.status, 'ok', JSON.stringify(rest));
    return data?.['text/plain'];
  }

  async function rows(code: string): Promise<unknown> {
    const { data, ...rest } = await output(code, 'sql');
    assert.equal(rest.status, 'ok', JSON.stringify(rest));
    return (data?.['application/json'] as { data: unknown }).data;
  }

  async function candidates(code: string, kind = 'spark'): Promise<unknown> {
    const question = { code, kind, cursor: code.length };
    return field(await rest('POST', `${session}/completion`, question), 'candidates');
  }

  it('gives Scala values as Livy does, and what is printed', async () => {
    assert.equal(await text('1 + 1'), 'res0: Int = 2\n');
    assert.equal(
      await text('val x = 5\nvar y = x * 2\ny = 3\nprintln("é ☃")\ndef f(a: Int) = a'),
      'x: Int = 5\ny: Int = 10\ny: Int = 3\né ☃\nf: (a: Int)Int\n'
    );
    assert.equal(await text('import java.time.Instant // why not'), 'import java.time.Instant\n');
    assert.equal(await text('// nothing'), '');
  });

  it('runs case classes in Datasets and RDDs, closures and functions', async () => {
    const code = [
      'case class Person(name: String, age: Int)',
      'object Person { def of(n: Int) = Person("p" + n, n) }',
      'val people = (1 to 3).map(Person.of).toDS',
      'val older = 10',
      'val ages = people.map(p => p.age + older).collect().sum',
      'sc.parallelize(people.collect()).map(p => p.copy(age = p.age + older)).collect().last',
      'people.groupByKey(_.age % 2)',
      '  .mapGroups((k, all) => all.map(_.age).sum)',
      '',
      '  // a chain over several lines',
      '  .collect().sorted.mkString(",")',
      'people.select(udf((n: Int) => n * older).apply($"age")).as[Int].collect().sum'
    ];
    assert.deepEqual(String(await text(code.join('\n'))).split('\n'), [
      'defined class Person',
      'defined object Person',
      'people: org.apache.spark.sql.Dataset[Person] = [name: string, age: int]',
      'older: Int = 10',
      'ages: Int = 36',
      'res2: Person = Person(p3,13)',
      'res3: String = 2,4',
      'res4: Int = 60',
      ''
    ]);
  });

  it('shares temporary views between Scala, pyspark and sql', async () => {
    await text('people.createOrReplaceTempView("people")');
    assert.equal(await text("spark.table('people').count()", 'pyspark'), '3');
    assert.deepEqual(await rows('SELECT name FROM people WHERE age > 2'), [['p3']]);
    await text("spark.range(4).createOrReplaceTempView('four')", 'pyspark');
    await rows('CREATE TEMP VIEW five AS SELECT * FROM range(5)');
    assert.match(
      String(await text('spark.table("four").count() + spark.table("five").count()')),
      /Long = 9\n$/
    );
  });

  it('names the line of a Scala error, and goes on with the next statement', async () => {
    assert.deepEqual(await output('val ok = 1\nval bad: Int = "x"\nval never = 2'), {
      status: 'error',
      execution_count: (await count()) - 1,
      ename: 'Error',
      evalue: '<console>:2: error: type mismatch;',
      traceback: [
        ' found   : String("x")\n',
        ' required: Int\n',
        '       val bad: Int = "x"\n',
        '                      ^\n'
      ]
    });
    assert.equal((await output('throw new RuntimeException("boom")')).evalue, BOOM);
    assert.equal((await output('def g(a: Int) =')).evalue, 'incomplete statement');
    assert.equal(await text('ok'), `res${await lastResult()}: Int = 1\n`);
  });
  const BOOM = 'java.lang.RuntimeException: boom';

  /** Number of statements of the session so far. */
  async function count(): Promise<number> {
    return Number(field(await rest('GET', `${session}/statements`), 'total_statements'));
  }

  async function lastResult(): Promise<string> {
    const answer = await rest('GET', `${session}/statements?order=desc&size=1`);
    return /res(\d+): Int = 1/.exec(answer.body)?.[1] ?? 'none';
  }

  it('shows a Scala value by %json and %table', async () => {
    const json = await output('val m = List(Map("a" -> 1), Map("a" -> 2))\n%json m');
    assert.deepEqual(json.data, { 'application/json': [{ a: 1 }, { a: 2 }] });
    const table = await output('val t = List(Map("a" -> 1, "b" -> "x"))\n%table t');
    assert.deepEqual(table.data?.['application/vnd.livy.table.v1+json'], {
      headers: [
        { type: 'BIGINT_TYPE', name: 'a' },
        { type: 'STRING_TYPE', name: 'b' }
      ],
      data: [[1, 'x']]
    });
    const missing = await output('%json nosuch');
    assert.deepEqual([missing.ename, missing.evalue], ['NameError', 'Value nosuch does not exist']);
  });

  it('completes Scala from the compiler; Python has none for a plain client of Livy', async () => {
    assert.deepEqual(await candidates('sc.paral'), ['parallelize']);
    assert.deepEqual(await candidates('people.mapPart', 'scala'), ['mapPartitions']);
    assert.deepEqual(await candidates('sc.paral', 'pyspark'), []);
  });

  it('gives the classes of an added jar to Scala, its tasks and pyspark', async () => {
    const { kafkaJars } = await readEnvironment(headracePaths(process.env).environmentFile);
    const uri = `file://${path.join(kafkaJars, OTHER_JAR)}`;
    assert.equal((await output(`new ${OTHER_CLASS}()`)).status, 'error');
    assert.equal((await rest('POST', `${session}/add-jar`, { uri })).status, 200);
    const made = `new ${OTHER_CLASS}().getClass.getName`;
    assert.match(
      String(await text(`sc.parallelize(1 to 1).map(_ => ${made}).first() == ${made}`)),
      /Boolean = true\n$/
    );
    const python = `spark._jvm.${OTHER_CLASS}().getClass().getName()`;
    assert.equal(await text(python, 'pyspark'), `'${OTHER_CLASS}'`);
  });

  it('refuses R and what no interpreter takes', async () => {
    const { ename, evalue } = await output('1 + 1', 'sparkr');
    assert.deepEqual([ename, evalue], ['InterpreterError', 'Fail to start interpreter']);
    assert.match((await output('\0 1')).evalue ?? '', /illegal character '\\u0000'/);
    assert.match((await output('a\0b', 'pyspark')).evalue ?? '', /null bytes/);
    assert.match((await output('"\ud800"')).evalue ?? '', /not valid Unicode/);
    assert.match((await output(`"${'x'.repeat(1_000_000)}"`)).evalue ?? '', /500,000 at most/);
    assert.match((await output(`${'1 + '.repeat(20_000)}1`)).evalue ?? '', /StackOverflowError/);
  });

  it('keeps the end of what is printed without end', async () => {
    const shown = String(await text('for (n <- 1 to 1000000) println(n)'));
    assert.match(shown, /^… output cut here/);
    assert.match(shown, /\n999999\n1000000\n$/);
    assert.ok(shown.length < 2_100_000);
  });

  describe('cancel', () => {
    before(() => text(`val q = ${stream('scala')}`));
    before(() => text(`q = ${stream('python')}`, 'pyspark'));
    after(() => text('q.stop()'));
    after(() => text('q.stop()', 'pyspark'));

    const begun = path.join(mkdtempSync(path.join(os.tmpdir(), 'headrace-kinds-')), 'begun');
    afterEach(() => rmSync(begun, { force: true }));
    after(() => rmSync(path.dirname(begun), { recursive: true }));
    // Code that still compiles when it is cancelled does not run at all.
    const touch = `new java.io.File(${JSON.stringify(begun)}).createNewFile()`;
    const onceBegun = (code: string): string => `{ ${touch}; ${code} }`;

    for (const [name, kind, code] of [
      [
        'a Spark job of Scala',
        'spark',
        `sc.parallelize(1 to 8, 8).map(n => { ${touch}; Thread.sleep(${FOREVER_MS}); n }).count()`
      ],
      ['a sleep of Scala', 'spark', onceBegun(`Thread.sleep(${FOREVER_MS})`)],
      ['an endless loop of Scala', 'spark', onceBegun('while (true) {}')],
      [
        'a loop of Scala that catches',
        'spark',
        onceBegun('while (true) { try Thread.sleep(10) catch { case e: Exception => } }')
      ],
      ['an endless print of Scala', 'spark', onceBegun('while (true) println("endless")')],
      ['a wait of Scala for a stream', 'spark', onceBegun('q.awaitTermination()')],
      ['a loop of Python', 'pyspark', 'while True: pass'],
      ['a sleep of Python', 'pyspark', 'import time\ntime.sleep(3600)'],
      ['a wait of Python for Java', 'pyspark', 'q.awaitTermination()'],
      [
        'a query',
        'sql',
        'SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 7 AND hash(id + 1) = 8'
      ]
    ] as const)
      it(`ends ${name}, and no stream`, async () => {
        const statement = await post(session, { code, kind });
        await untilState(statement, 'running');
        if (kind === 'spark')
          await eventually(
            () => 'the code did not begin',
            () => existsSync(begun)
          );
        assert.equal((await rest('POST', `${statement}/cancel`)).status, 200);
        assert.equal(field(await untilState(statement, 'cancelled'), 'state'), 'cancelled');
        assert.match(String(await text('(q.isActive, 42)')), /\(true,42\)\n$/);
        assert.equal(await text('(q.isActive, 42)', 'pyspark'), '(True, 42)');
        assert.deepEqual(await rows('SELECT 42'), [[42]]);
      });
  });
});

/** Code that starts a query without end. */
function stream(language: 'scala' | 'python'): string {
  const chain = 'spark.readStream.format("rate").load().writeStream.format("noop")';
  return `${chain}.queryName("${language}").start()`;
}
