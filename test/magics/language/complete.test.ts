import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { openCells } from '../../fakes/notebook.ts';

const language = createCellLanguage();

/** Completes at the `|` in the code; gives the matches and the code with the first one put in. */
async function complete(run: Awaited<ReturnType<typeof openCells>>, marked: string) {
  const cursor = marked.indexOf('|');
  const code = marked.replace('|', '');
  const { matches, start, end } = await language.complete(
    code,
    cursor,
    run.runtime,
    AbortSignal.timeout(10_000)
  );
  return { matches, code: code.slice(0, start) + (matches[0] ?? '') + code.slice(end) };
}

describe('completion', () => {
  it('offers names of magics by their kind', async test => {
    const run = await openCells(test);
    const { matches } = await complete(run, 'x = 1\n%|');
    assert.ok(['topic', 'stream', 'sql', 'help'].every(name => matches.includes(name)));
    assert.deepEqual((await complete(run, '%%|')).matches, [
      'produce',
      'stream',
      'chart',
      'sql',
      'spark',
      'pyspark',
      'configure'
    ]);
    assert.equal((await complete(run, 'x = 1\n%to|')).code, 'x = 1\n%topic');
  });

  it('offers actions, then flags that are not used yet', async test => {
    const run = await openCells(test);
    assert.deepEqual((await complete(run, '%topic de|')).matches, ['describe', 'delete']);
    assert.deepEqual((await complete(run, '%topic create words --|')).matches, [
      '--partitions',
      '--config'
    ]);
    const used = await complete(run, '%topic create words --partitions 2 --config a=b --|');
    assert.deepEqual(used.matches, ['--config']);
    assert.equal(
      (await complete(run, '%stream wordcount --to| --as x')).code,
      '%stream wordcount --topic --as x'
    );
  });

  it('offers topics, streams and listed values, also after =', async test => {
    const run = await openCells(test);
    await run.cell('%topic create words\n%topic create weather');
    await run.cell('%stream wordcount --topic words --as counts');
    assert.deepEqual((await complete(run, '%topic peek w|')).matches, ['words', 'weather']);
    assert.deepEqual((await complete(run, '%stream wordcount --topic |')).matches, [
      'words',
      'weather'
    ]);
    assert.deepEqual((await complete(run, '%stop |')).matches.slice(0, 1), ['counts']);
    assert.equal(
      (await complete(run, '%stream wordcount --mode=mi|')).code,
      '%stream wordcount --mode=micro-batch'
    );
    assert.deepEqual((await complete(run, '%%stream --chart h|\nSELECT 1')).matches, [
      'histogram',
      'heatmap'
    ]);
  });

  it('offers nothing in Python, in bodies and where no broker answers', async test => {
    const run = await openCells(test);
    assert.deepEqual((await complete(run, 'pri|')).matches, []);
    assert.deepEqual((await complete(run, '%%produce --topic t\n%to|')).matches, []);
    run.notebook.kafka.admin.listTopics = () => Promise.reject(new Error('gone'));
    assert.deepEqual((await complete(run, '%stream wordcount --topic |')).matches, []);
  });
});

describe('completion of code', () => {
  it('asks the session of the cell, with the code of its kind alone', async test => {
    const run = await openCells(test);
    run.notebook.session.words = ['select', 'selectExpr', 'show'];
    const python = await complete(run, '%topic list\ndf.sel|\n%status');
    assert.deepEqual(python.matches, ['select', 'selectExpr']);
    assert.equal(python.code, '%topic list\ndf.select\n%status');
    assert.equal((await complete(run, '%%spark\nval d = ds.sh|')).code, '%%spark\nval d = ds.show');
    assert.deepEqual(run.notebook.session.completions, [
      { code: 'df.sel', kind: 'pyspark', cursor: 6 },
      { code: 'val d = ds.sh', kind: 'spark', cursor: 13 }
    ]);
  });

  it('asks the session that the cell names', async test => {
    const run = await openCells(test);
    await run.cell('%session new etl\n%session use main');
    run.notebook.sessions.named('etl').words = ['word'];
    assert.deepEqual((await complete(run, '%%pyspark --session etl\nwo|')).matches, ['word']);
    assert.deepEqual((await complete(run, '%%pyspark\nwo|')).matches, []);
    assert.deepEqual((await complete(run, '%%sql --session |\nSELECT 1')).matches.slice(0, 2), [
      'main',
      'etl'
    ]);
  });

  it('does not wait for a session that does not answer or is not there', async test => {
    const run = await openCells(test);
    run.notebook.session.complete = () => new Promise(() => undefined);
    const wait = AbortSignal.abort();
    assert.deepEqual((await language.complete('pri', 3, run.runtime, wait)).matches, []);
    run.notebook.session.complete = () => Promise.reject(new Error('gone'));
    assert.deepEqual((await complete(run, 'pri|')).matches, []);
    const fresh = await openCells(test, { provisioned: false });
    assert.deepEqual((await complete(fresh, 'pri|')).matches, []);
    assert.equal(fresh.notebook.stack.running, false);
  });

  it('does not ask while a cell runs', async test => {
    const run = await openCells(test);
    run.notebook.session.words = ['print'];
    let during: readonly string[] = ['not asked'];
    run.notebook.session.answer = async () => {
      during = (await language.complete('pri', 3, run.runtime, run.notebook.abort.signal)).matches;
      return { status: 'ok', executionCount: 0, data: {} };
    };
    await language.execute('x', run.notebook.context(run.runtime));
    assert.deepEqual(during, []);
    assert.deepEqual((await complete(run, 'pri|')).matches, ['print']);
  });
});

describe('inspection', () => {
  it('explains the magic or the flag at the cursor', () => {
    const code = '%topic create words --partitions 2';
    assert.match(language.inspect(code, 3) ?? '', /^### `%topic create`[^]*\| `NAME` \|/);
    assert.match(
      language.inspect(code, 25) ?? '',
      /^`--partitions` How many partitions\. Default: 1\.$/
    );
    assert.match(language.inspect('%topic', 6) ?? '', /%topic create`[^]*%topic peek`/);
    assert.equal(language.inspect('print(1)', 3), null);
    assert.equal(language.inspect('%nothing', 3), null);
  });
});
