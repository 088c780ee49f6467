import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { livyLog } from '../../fakes/memory-batches.ts';
import { openCells } from '../../fakes/notebook.ts';

const info = '26/11/23 03:20:08 INFO SparkContext: Running';
const warning = '26/11/23 03:20:09 WARN Loader: careful';

describe('%submit', () => {
  it('sends what the line says, with files of the notebook’s folder', async test => {
    const { cell, notebook } = await openCells(test);
    for (const name of ['jobs.jar', 'more.jar', 'extra.jar', 'lib.zip']) await notebook.file(name);
    await cell(
      '%submit jobs.jar --class a.B {brokers} words --name nightly --conf spark.a=b=c' +
        ' --jars more.jar,extra.jar --py-files lib.zip --driver-memory 1g -- --mode continuous -v'
    );
    const inFolder = (name: string) => path.join(notebook.cwd, name);
    assert.deepEqual(notebook.sessions.batches.requests, [
      {
        file: inFolder('jobs.jar'),
        className: 'a.B',
        name: 'nightly',
        args: ['127.0.0.1:9092', 'words', '--mode', 'continuous', '-v'],
        conf: { 'spark.headrace.workingDirectory': notebook.cwd, 'spark.a': 'b=c' },
        jars: [inFolder('more.jar'), inFolder('extra.jar')],
        pyFiles: [inFolder('lib.zip')],
        driverMemory: '1g'
      }
    ]);
  });

  it('leaves a URL to the endpoint', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%submit s3://bucket/job.py');
    assert.equal(notebook.sessions.batches.requests[0]?.file, 's3://bucket/job.py');
  });

  it('shows prints and warnings as they come, and one line on what Spark said besides', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    notebook.sessions.batches.looks = [
      { state: 'starting', log: livyLog([]) },
      { state: 'running', log: livyLog([info, 'half done']) },
      { state: 'success', log: livyLog([info, 'half done', 'done'], [warning, info]) }
    ];
    const { out, err, shown } = await cell('%submit job.py');
    assert.equal(
      out,
      'half done\ndone\nNot shown: 2 informational messages of Spark. See %batch log 0.\n'
    );
    assert.equal(err, `${warning}\n`);
    const states = shown[0]?.map(data => String(data['text/plain'])) ?? [];
    assert.match(states.join('\n'), /^Batch 0, job\.py: starting .*\n.*: running /m);
    assert.match(states.at(-1) ?? '', /^Batch 0, job\.py: success after 0\.4 s\.$/);
  });

  it('shows the beginning and the end of a log without measure', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index}`);
    notebook.sessions.batches.looks = [{ state: 'success', log: livyLog(lines) }];
    const { out } = await cell('%submit job.py');
    const shown = out.split('\n');
    assert.equal(shown[399], 'line 399');
    assert.equal(shown[400], '… 580 lines left out …');
    assert.equal(shown[401], 'line 980');
    assert.match(out, /line 999\nNot shown: 580 lines in the middle\. See %batch log 0\.\n$/);
  });

  it('fails with the reason from the log', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    notebook.sessions.batches.looks = [
      { state: 'dead', log: livyLog(['Traceback', 'ValueError: no such topic']) }
    ];
    await assert.rejects(
      cell('%submit job.py'),
      failsWith(
        'HR_BATCH_FAILED',
        /^The batch 0, job\.py, failed \(ValueError: no such topic\)\. %batch log 0 shows its whole log\.$/
      )
    );
  });

  it('ends the batch with an interrupt', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    const { batches } = notebook.sessions;
    batches.looks = [{ state: 'running', log: livyLog([]) }];
    batches.onLook = () => notebook.abort.abort();
    await assert.rejects(
      cell('%submit job.py'),
      failsWith('HR_INTERRUPTED', /^Interrupted: the batch 0 was ended\./)
    );
    assert.deepEqual(batches.deleted, [0]);
  });

  it('lets it go on with --detach', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    const { batches } = notebook.sessions;
    batches.looks = [{ state: 'running', log: livyLog([]) }];
    batches.onLook = () => notebook.abort.abort();
    await assert.rejects(
      cell('%submit job.py --detach'),
      failsWith('HR_INTERRUPTED', /^Interrupted: the batch 0 goes on, see %batch follow 0\./)
    );
    assert.deepEqual(batches.deleted, []);
  });

  it('ends the batch when its time is over', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    const { batches } = notebook.sessions;
    batches.looks = [{ state: 'running', log: livyLog([]) }];
    await assert.rejects(
      cell('%submit job.py --timeout 90'),
      failsWith('HR_TIMEOUT', /^The batch 0 was ended after 1 min 30 s \(it had not finished/)
    );
    assert.deepEqual(batches.deleted, [0]);
  });

  const mistakes: readonly [line: string, message: RegExp][] = [
    ['%submit', /^%submit needs FILE\./],
    ['%submit jobb.py', /^There is no file jobb\.py\. Did you mean job\.py\?$/],
    ['%submit job.scala', /\(it is neither a \.py file nor a jar\)\. Run its code below %%spark/],
    ['%submit job.py --class a.B', /a Python file has no main class/],
    ['%submit job.py --conf spark.a', /cannot use --conf spark\.a: it must be KEY=VALUE/],
    ['%submit job.py --mode x', /has no flag --mode.* What the program takes stands after --\.$/],
    ['%submit job.py --background --timeout 5', /--background or --timeout, one of the two/]
  ];
  for (const [line, message] of mistakes)
    it(`refuses ${line}`, async test => {
      const { cell, notebook } = await openCells(test);
      await notebook.file('job.py');
      const code = message.source.includes('no file') ? 'HR_FILE' : 'HR_USAGE';
      await assert.rejects(cell(line), failsWith(code, message));
      assert.deepEqual(notebook.sessions.batches.requests, []);
    });
});

describe('%batch', () => {
  it('lists, follows, prints and stops what runs in the background', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    const { batches } = notebook.sessions;
    assert.match((await cell('%batch list')).out, /^There are no batches\./);
    batches.looks = [
      { state: 'running', log: livyLog([info, 'half done']) },
      { state: 'success', log: livyLog([info, 'half done']) }
    ];
    const { out } = await cell('%submit job.py --background --name nightly');
    assert.match(out, /^Batch 0, job\.py, runs in the background\. %batch follow 0 shows its log/);
    assert.match((await cell('%batch list')).text, /^ 0 +job\.py +nightly +starting +0\.0 s ago$/m);
    assert.match((await cell('%batch follow nightly')).text, /Batch 0, job\.py: success after/);
    assert.equal((await cell('%batch log 0')).out, `${info}\nhalf done\n`);
    assert.match((await cell('%batch stop 0')).out, /^Removed batch 0, job\.py; its log is gone\./);
    assert.deepEqual(notebook.ledger.record.batches, []);
    await assert.rejects(
      cell('%batch log 0'),
      failsWith('HR_USAGE', /^There is no batch 0\. None was submitted\.$/)
    );
  });

  it('is ended by %provision down', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    await cell('%submit job.py --background\n%session new etl\n%provision down');
    assert.deepEqual(notebook.sessions.batches.deleted, [0]);
    assert.deepEqual(await notebook.sessions.list(), []);
  });
});
