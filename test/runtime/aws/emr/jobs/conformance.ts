import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import type { Job, JobTarget } from '../../../../../src/runtime/aws/emr/jobs/port.ts';
import type { S3Operations } from '../../../../../src/runtime/aws/emr/jobs/storage.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { fakeService } from '../../control/fake-service.ts';

/** One request: the operation, and all members of its input. */
export type Request = readonly [operation: string, input: unknown];

/** The same job everywhere. */
export const STREAM: Job = {
  name: 'word-count',
  entryPoint: 's3://demo/jobs/ab12/word_count.py',
  arguments: ['b-1:9098', 'words and more'],
  pyFiles: ['s3://demo/jobs/cd34/helpers.py'],
  jars: ['s3://demo/jars/kafka.jar'],
  conf: { 'spark.executor.cores': '2', 'spark.app.note': 'two "words"' },
  streaming: true,
  token: 'token-1',
  tags: { 'headrace:environment': 'demo' }
};

/** How the job's options read as one line. */
export const PARAMETERS =
  '--py-files s3://demo/jobs/cd34/helpers.py --jars s3://demo/jars/kafka.jar ' +
  '--conf spark.executor.cores=2 --conf "spark.app.note=two \\"words\\""';

/** A service of a test: what it was asked, and how it is now. */
export interface World {
  readonly target: JobTarget;
  readonly requests: () => readonly Request[];
  /** Lets the job with {@link Case.id} be in a state, said in the word of the service. */
  be(said: string): void;
  /** Lets the listing have this many jobs, in pages. */
  hold(jobs: number): void;
}

export interface Case {
  readonly kind: JobTarget['kind'];
  open(s3: S3): World;
  /** Identity that the service gives. */
  readonly id: string;
  readonly submitted: Request;
  /** Members of the request for a job that is no stream that are others; null where it is the same. */
  readonly batch: Request;
  readonly looked: Request;
  readonly stopped: readonly Request[];
  /** All words of the service by the state that they are. */
  readonly states: Readonly<Record<string, string>>;
  /** Word for a job that runs, and one that has ended. */
  readonly running: string;
  readonly ended: string;
  /** Key of a file of the driver's log with its number, and others that are none. */
  readonly logKey: (stream: string, number: number) => string;
  readonly otherKeys: readonly string[];
}

type S3 = ReturnType<typeof bucket>;

/** A bucket in memory, with files by key; later ones are newer. */
export function bucket(files: ReadonlyMap<string, string>) {
  return fakeService<S3Operations>('s3', {
    ListObjectsV2: ({ Prefix: prefix = '' }) => ({
      Contents: [...files.keys()].flatMap((Key, index) =>
        Key.startsWith(prefix) ? [{ Key, LastModified: new Date(index) }] : []
      )
    }),
    GetObject: ({ Key: key = '' }) => {
      const content = files.get(key) ?? '';
      return { Body: Readable.from([key.endsWith('.gz') ? gzipSync(content) : content]) };
    }
  });
}

/** What all job targets have in common. */
export function conformsTo(test: Case): void {
  const open = (files = new Map<string, string>()) => test.open(bucket(files));

  describe(`jobs on ${test.kind}`, () => {
    it('are submitted with all that they have', async () => {
      const world = open();
      assert.equal(world.target.kind, test.kind);
      assert.equal(await world.target.submit(STREAM), test.id);
      assert.deepEqual(world.requests(), [test.submitted]);
    });

    it('that end by themselves are told apart from streams', async () => {
      const world = open();
      const plain = { name: 'once', entryPoint: 's3://demo/a.jar', mainClass: 'demo.Main' };
      await world.target.submit({ ...plain, streaming: false, token: 'token-2' });
      assert.deepEqual(world.requests(), [test.batch]);
    });

    it('tell their state', async () => {
      const world = open();
      for (const [said, state] of Object.entries(test.states)) {
        world.be(said);
        const view = await world.target.state(test.id);
        assert.deepEqual(
          { id: view.id, said: view.said, state: view.state },
          { id: test.id, said, state }
        );
        assert.equal(view.name, 'word-count');
        assert.equal(view.createdAt, 1_000);
        assert.match(view.reason ?? '', /a reason$/);
      }
      world.be('A_WORD_OF_TOMORROW');
      assert.equal((await world.target.state(test.id)).state, 'unknown');
      assert.deepEqual(world.requests()[0], test.looked);
    });

    it('are stopped once, and left alone when they have ended', async () => {
      const world = open();
      world.be(test.running);
      await world.target.stop(test.id);
      assert.deepEqual(world.requests(), [test.looked, ...test.stopped]);
      world.be(test.ended);
      await world.target.stop(test.id);
      assert.deepEqual(world.requests().slice(test.stopped.length + 1), [test.looked]);
    });

    it('are listed newest first, at most a hundred', async () => {
      const world = open();
      world.hold(3);
      const few = await world.target.list();
      assert.deepEqual(
        few.map(({ createdAt }) => createdAt),
        [3_000, 2_000, 1_000]
      );
      assert.ok(few.every(({ id, state }) => id !== '' && state === 'running'));
      world.hold(250);
      assert.equal((await world.target.list()).length, 100);
    });

    it('that have not ended are asked for by their states', async () => {
      const world = open();
      world.hold(3);
      assert.equal((await world.target.running()).length, 3);
      const [, input] = world.requests().at(-1) ?? ['', {}];
      const { states, StepStates } = input as Record<string, unknown>;
      const unended = Object.keys(test.states).filter(
        said => !['succeeded', 'failed', 'stopped'].includes(test.states[said] ?? '')
      );
      assert.deepEqual(states ?? StepStates, unended);
    });

    it('have a log of the last lines of the driver', async () => {
      const files = new Map(test.otherKeys.map(key => [key, 'not this']));
      files.set(test.logKey('stdout', 1), 'one\ntwo\r\n');
      files.set(test.logKey('stdout', 2), 'three\nfour\nfïve');
      files.set(test.logKey('stderr', 1), 'an error\n');
      const { target } = open(files);
      assert.deepEqual(await target.log(test.id, { stream: 'stdout', lines: 4 }), {
        lines: ['two', 'three', 'four', 'fïve'],
        files: [1, 2].map(number => `s3://demo/${test.logKey('stdout', number)}`)
      });
      assert.deepEqual((await target.log(test.id, { stream: 'stdout', lines: 2 })).lines, [
        'four',
        'fïve'
      ]);
      assert.deepEqual((await target.log(test.id, { stream: 'stderr', lines: 9 })).lines, [
        'an error'
      ]);
    });

    it('have no log before the service has written one', async () => {
      assert.deepEqual(await open().target.log(test.id, { stream: 'stdout', lines: 9 }), {
        lines: [],
        files: []
      });
    });

    it('that the service refuses are an error of one line', async () => {
      const world = open();
      world.be('REFUSED');
      await assert.rejects(world.target.state(test.id), failsWith('HR_AWS_REFUSED', /No such job/));
    });
  });
}
