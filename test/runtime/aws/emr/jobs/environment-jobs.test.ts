import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environmentJobs } from '../../../../../src/runtime/aws/emr/jobs/environment-jobs.ts';
import { followJob } from '../../../../../src/runtime/aws/emr/jobs/follow.ts';
import type { Job, JobState, JobTarget } from '../../../../../src/runtime/aws/emr/jobs/port.ts';
import type { S3Operations } from '../../../../../src/runtime/aws/emr/jobs/storage.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { jobView } from '../../../../fakes/memory-jobs.ts';
import { VirtualClock } from '../../../../fakes/virtual-clock.ts';
import { fakeService } from '../../control/fake-service.ts';

const { signal } = new AbortController();
const LOCAL = { name: 'job', entryPoint: '/nb/job.py', streaming: true, token: 't' };

const NOTHING: Job = { name: '', entryPoint: '', streaming: false, token: '' };

function scene(conf: Readonly<Record<string, string>> = {}) {
  const submitted: Job[] = [];
  const target = {
    kind: 'emr-serverless',
    submit: (job: Job) => Promise.resolve(`id-${submitted.push(job)}`)
  } as Partial<JobTarget> as JobTarget;
  const s3 = fakeService<S3Operations>('s3', { HeadObject: () => ({}) });
  const files = new Map([
    ['/nb/job.py', 'print(1)'],
    ['/nb/lib.zip', 'PK'],
    ['/nb/words.txt', 'a b']
  ]);
  const jobs = environmentJobs({
    target,
    s3: s3.send,
    folder: { bucket: 'demo', prefix: 'jobs' },
    readFile: name =>
      files.has(name)
        ? Promise.resolve(Buffer.from(files.get(name) ?? ''))
        : Promise.reject(new Error('ENOENT: no such file')),
    conf,
    tags: { 'headrace:environment': 'orders' }
  });
  return { jobs, submitted, s3 };
}

describe('jobs of an environment', () => {
  it('are uploaded, and addresses are left as they are', async () => {
    const { jobs, submitted } = scene();
    const request = {
      ...LOCAL,
      pyFiles: ['/nb/lib.zip', 's3://other/more.zip'],
      files: ['/nb/words.txt']
    };
    assert.equal(await jobs.submit(request, signal), 'id-1');
    const [{ entryPoint, pyFiles = [], conf = {}, ...job } = NOTHING] = submitted;
    assert.match(entryPoint, /^s3:\/\/demo\/jobs\/[0-9a-f]{16}\/job\.py$/);
    assert.match(pyFiles[0] ?? '', /^s3:\/\/demo\/jobs\/[0-9a-f]{16}\/lib\.zip$/);
    assert.equal(pyFiles[1], 's3://other/more.zip');
    assert.match(conf['spark.files'] ?? '', /^s3:\/\/demo\/jobs\/\w+\/words\.txt$/);
    assert.equal(job.streaming, true);
    assert.deepEqual(job.tags, { 'headrace:environment': 'orders' });
  });

  it('have the settings of the environment, which hide no list of theirs', async () => {
    const { jobs, submitted } = scene({
      'spark.jars': 's3://demo/jars/kafka.jar',
      'spark.jars.packages': 'g:kafka:1',
      'spark.a': 'environment',
      'spark.b': 'environment'
    });
    const conf = { 'spark.jars.packages': 'g:own:1', 'spark.b': 'job' };
    await jobs.submit({ ...LOCAL, jars: ['s3://other/own.jar'], conf }, signal);
    const [job = NOTHING] = submitted;
    assert.deepEqual(job.jars, ['s3://other/own.jar', 's3://demo/jars/kafka.jar']);
    assert.deepEqual(job.conf, {
      'spark.jars.packages': 'g:kafka:1,g:own:1',
      'spark.a': 'environment',
      'spark.b': 'job'
    });
  });

  it('start nothing where a file cannot be read', async () => {
    const { jobs, submitted } = scene();
    const lost = { ...LOCAL, entryPoint: '/nb/gone.py' };
    await assert.rejects(
      jobs.submit(lost, signal),
      failsWith('HR_FILE', /^Cannot read \/nb\/gone\.py \(ENOENT/)
    );
    assert.deepEqual(submitted, []);
  });
});

describe('following a job', () => {
  const follow = (states: readonly JobState[], until: 'running' | 'ended') => {
    const seen: JobState[] = [];
    let look = 0;
    const state = () => Promise.resolve(jobView({ state: states[look++] ?? 'failed' }));
    const onState = (job: { readonly state: JobState }) => seen.push(job.state);
    const clock = new VirtualClock();
    return followJob({ state }, 'id', { clock, signal, until, onState }).then(job => [
      job.state,
      ...seen
    ]);
  };

  it('goes on to its end', async () => {
    const states = ['waiting', 'running', 'running', 'succeeded'] as const;
    assert.deepEqual(await follow(states, 'ended'), ['succeeded', ...states]);
  });

  it('ends as soon as a stream runs, or has ended before', async () => {
    assert.deepEqual(await follow(['waiting', 'unknown', 'running'], 'running'), [
      'running',
      'waiting',
      'unknown',
      'running'
    ]);
    assert.deepEqual(await follow(['waiting', 'failed'], 'running'), [
      'failed',
      'waiting',
      'failed'
    ]);
  });
});
