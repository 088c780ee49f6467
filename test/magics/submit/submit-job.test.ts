import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { LivyTarget } from '../../../src/runtime/livy/target.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { jobView } from '../../fakes/memory-jobs.ts';
import { openCells } from '../../fakes/notebook.ts';
import { plainProfile } from '../../fakes/profiles.ts';

/** A notebook on the environment `orders`, with a job in its folder. */
async function onAws(test: TestContext, type: LivyTarget['type'] = 'emr-serverless') {
  const cells = await openCells(test);
  const { notebook, cell } = cells;
  const profile = awsProfile('orders');
  await notebook.profiles.save({ ...profile, livy: { ...profile.livy, type } });
  await notebook.file('job.py');
  await cell('%provision use orders');
  return { ...cells, jobs: notebook.aws.jobs, batches: notebook.away.sessions.batches };
}

describe('%submit on AWS', () => {
  it('runs a stream as a job of EMR until it is stopped', async test => {
    const { cell, notebook, jobs } = await onAws(test);
    await notebook.file('lib.zip');
    jobs.looks = [{ state: 'waiting' }, { state: 'running' }];
    const { text, out } = await cell(
      '%submit job.py {brokers} words --streaming --py-files lib.zip --conf spark.a=b --executor-cores 2'
    );
    const inFolder = (name: string) => path.join(notebook.cwd, name);
    const [request] = jobs.requests;
    const { token, ...rest } = request ?? { token: '' };
    assert.match(token, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      name: 'job.py',
      entryPoint: inFolder('job.py'),
      arguments: ['b-1.orders.kafka.eu-west-1.amazonaws.com:9098', 'words'],
      pyFiles: [inFolder('lib.zip')],
      jars: [],
      files: [],
      conf: { 'spark.executor.cores': '2', 'spark.a': 'b' },
      streaming: true
    });
    assert.match(text, /^Job job-1, job\.py: running after 5\.0 s\.$/m);
    assert.match(out, /^Job job-1, job\.py, runs until it is stopped\. %job list shows its state/);
  });

  it('gives a batch of Livy the login to Kafka and the connectors, which its own settings join', async test => {
    const { cell, notebook, jobs, batches } = await onAws(test);
    const profile = { ...awsProfile('lab'), environment: null };
    const conf = { 'livy.server.a': 'b', 'spark.jars.packages': 'org.apache.spark:kafka:1' };
    const livy = { ...profile.livy, type: 'emr-ec2' as const, conf };
    await notebook.profiles.save({ ...profile, livy });
    await cell('%provision use lab');
    await cell('%submit job.py --background --conf spark.jars.packages=a:b:2 --conf spark.a=b');
    assert.deepEqual(jobs.requests, []);
    const { 'spark.headrace.workingDirectory': folder, ...given } = batches.requests[0]?.conf ?? {};
    assert.equal(folder, notebook.cwd);
    assert.deepEqual(given, {
      'spark.jars.packages': 'org.apache.spark:kafka:1,a:b:2',
      'spark.headrace.kafka.kafka.security.protocol': 'SASL_SSL',
      'spark.headrace.kafka.kafka.sasl.mechanism': 'AWS_MSK_IAM',
      'spark.headrace.kafka.kafka.sasl.jaas.config':
        'software.amazon.msk.auth.iam.IAMLoginModule required;',
      'spark.headrace.kafka.kafka.sasl.client.callback.handler.class':
        'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
      'spark.a': 'b'
    });
  });

  it('sees a stream end that has nothing more to do', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.looks = [{ state: 'succeeded' }];
    const { out, text } = await cell('%submit job.py --streaming');
    assert.match(text, /^Job job-1, job\.py: success after/m);
    assert.doesNotMatch(out, /runs until it is stopped/);
  });

  it('follows a job that is no stream, and shows what it printed', async test => {
    const { cell, jobs, batches } = await onAws(test);
    jobs.looks = [{ state: 'running' }, { state: 'succeeded' }];
    jobs.written = { lines: ['7 words'], files: ['s3://demo/logs/stdout.gz'] };
    const { text, out } = await cell('%submit job.py');
    assert.match(text, /^Job job-1, job\.py: success after 5\.0 s\.$/m);
    assert.equal(out, '7 words\n');
    assert.equal(jobs.requests[0]?.streaming, false);
    assert.deepEqual(batches.requests, []);
  });

  it('says that a log is not written yet', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.looks = [{ state: 'succeeded' }];
    const { out } = await cell('%submit job.py');
    assert.equal(out, 'EMR has not written its log yet; %job log job-1 shows it then.\n');
  });

  it('fails with the reason that EMR gives', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.looks = [{ state: 'failed', reason: 'User application exited with 1' }];
    const why =
      /^The job job-1, job\.py, failed \(User application exited with 1\)\. %job log job-1 --stderr/;
    await assert.rejects(cell('%submit job.py --streaming'), failsWith('HR_BATCH_FAILED', why));
  });

  it('stops the job with an interrupt, unless it is to go on', async test => {
    const { cell, jobs, notebook } = await onAws(test);
    jobs.looks = [{ state: 'waiting' }];
    jobs.onLook = () => notebook.abort.abort();
    await assert.rejects(
      cell('%submit job.py'),
      failsWith('HR_INTERRUPTED', /^Interrupted: the job job-1 was told to stop\./)
    );
    assert.deepEqual(jobs.stopped, ['job-1']);
  });

  it('lets it go on with --detach', async test => {
    const { cell, jobs, notebook } = await onAws(test);
    jobs.onLook = () => notebook.abort.abort();
    await assert.rejects(
      cell('%submit job.py --detach'),
      failsWith('HR_INTERRUPTED', /^Interrupted: the job job-1 goes on, see %job follow job-1\./)
    );
    assert.deepEqual(jobs.stopped, []);
  });

  it('stops the job when its time is over', async test => {
    const { cell, jobs } = await onAws(test);
    await assert.rejects(
      cell('%submit job.py --timeout 60'),
      failsWith('HR_TIMEOUT', /^The job job-1 was told to stop after 1 min 00 s/)
    );
    assert.deepEqual(jobs.stopped, ['job-1']);
  });

  it('is a step of a cluster, whether that is asked for or not', async test => {
    const { cell, jobs, batches } = await onAws(test, 'emr-ec2');
    jobs.kind = 'emr-step';
    await cell('%submit job.py --background');
    const { out } = await cell('%submit job.py --emr-step --background');
    assert.match(out, /^Job job-2, job\.py, runs in the background\. %job list/);
    assert.deepEqual([batches.requests.length, jobs.requests.length], [0, 2]);
  });

  it('writes into the bucket of the environment, where its line says {out}', async test => {
    const { cell, jobs } = await onAws(test);
    await cell('%submit job.py {brokers} words {out}/words --background');
    assert.equal(jobs.requests[0]?.arguments?.[2], 's3://demo/out/words');
  });

  it('is found by %batch as well, so that the cells of a notebook stay the same', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.listed = [jobView({ id: 'a', name: 'nightly' })];
    jobs.written = { lines: ['one'], files: ['s3://demo/x'] };
    assert.match((await cell('%batch list')).text, /^a +nightly +running/m);
    assert.equal((await cell('%batch log nightly')).out, 'one\n');
    assert.match((await cell('%batch stop nightly')).out, /^Job a, nightly, was told to stop/);
    assert.deepEqual(jobs.stopped, ['a']);
  });

  it('refuses a step where there is no cluster', async test => {
    const { cell, jobs } = await onAws(test);
    await assert.rejects(
      cell('%submit job.py --emr-step'),
      failsWith('HR_USAGE', /^orders has no cluster .* \(its Spark is EMR Serverless\)/)
    );
    await assert.rejects(
      cell('%submit job.py --streaming --timeout 5'),
      failsWith('HR_USAGE', /--streaming or --timeout, one of the two/)
    );
    assert.deepEqual(jobs.requests, []);
  });

  it('needs an environment of AWS for its flags', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('job.py');
    await notebook.profiles.save(plainProfile('lab'));
    for (const where of ['local', 'lab']) {
      await cell(`%provision use ${where}`);
      for (const flag of ['--streaming', '--emr-step'])
        await assert.rejects(
          cell(`%submit job.py ${flag}`),
          failsWith('HR_USAGE', new RegExp(`^%submit takes ${flag} on an environment of AWS only`))
        );
      await assert.rejects(
        cell('%job list'),
        failsWith('HR_USAGE', /^This notebook is on no environment of AWS/)
      );
    }
    assert.deepEqual(notebook.aws.jobs.opened, []);
  });
});

describe('%job', () => {
  it('lists jobs with their state, time and reason', async test => {
    const { cell, jobs, notebook } = await onAws(test);
    assert.match((await cell('%job list')).out, /^There are no jobs\./);
    const now = notebook.clock.now();
    jobs.listed = [
      jobView({ id: 'a', name: 'clicks', createdAt: now - 90_000 }),
      jobView({ id: 'b', state: 'failed', reason: 'no memory', createdAt: 0, endedAt: 2_000 }),
      jobView({ id: 'c', state: 'unknown', said: 'DREAMING', createdAt: null })
    ];
    const { text } = await cell('%job list');
    assert.match(text, /^a +clicks +running +for 1 min 30 s$/m);
    assert.match(text, /^b +job\.py +failed +took 2\.0 s +no memory/m);
    assert.match(text, /^c +job\.py +DREAMING$/m);
  });

  it('prints the log of a job, found by id or name', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.listed = [jobView({ id: 'a', name: 'clicks' })];
    jobs.written = { lines: ['one', 'two'], files: ['s3://demo/x'] };
    assert.equal((await cell('%job log clicks --stderr --lines 7')).out, 'one\ntwo\n');
    assert.deepEqual(jobs.queries, [{ stream: 'stderr', lines: 7 }]);
    jobs.written = { lines: [], files: ['s3://demo/x'] };
    assert.equal((await cell('%job log a')).out, 'The log is empty.\n');
    jobs.written = { lines: [], files: [] };
    assert.match((await cell('%job log a')).out, /^EMR has not written a log yet/);
    await assert.rejects(
      cell('%job log z'),
      failsWith('HR_USAGE', /^There is no job z\. The newest are a; see %job list\.$/)
    );
  });

  it('stops a job that has not ended', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.listed = [jobView({ id: 'a' }), jobView({ id: 'b', state: 'succeeded' })];
    assert.match((await cell('%job stop a')).out, /^Job a, job\.py, was told to stop;/);
    assert.match((await cell('%job stop b')).out, /^Job b, .* has ended already: success\.$/m);
    assert.deepEqual(jobs.stopped, ['a']);
  });

  it('follows a job to its end', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.listed = [jobView({ id: 'a', name: 'clicks' })];
    jobs.looks = [{ state: 'running' }, { state: 'stopped' }];
    await assert.rejects(
      cell('%job follow a'),
      failsWith('HR_BATCH_FAILED', /^The job a, clicks, was stopped\./)
    );
  });
});
