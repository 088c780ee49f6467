import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readLogFiles } from '../../../../../src/runtime/aws/emr/jobs/log-files.ts';
import type { Job } from '../../../../../src/runtime/aws/emr/jobs/port.ts';
import {
  submitOptions,
  submitParameters
} from '../../../../../src/runtime/aws/emr/jobs/spark-submit.ts';
import {
  folderAddress,
  type S3Operations
} from '../../../../../src/runtime/aws/emr/jobs/storage.ts';
import { uploadFile, uploadJob } from '../../../../../src/runtime/aws/emr/jobs/upload.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { fakeService, serviceError } from '../../control/fake-service.ts';

const FOLDER = { bucket: 'demo', prefix: 'jobs' };
const file = (name: string, text: string) => ({ name, content: Buffer.from(text, 'utf8') });
const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** A bucket that keeps what it is given. */
function bucket() {
  const held = new Map<string, unknown>();
  return fakeService<S3Operations>('s3', {
    HeadObject: ({ Key: key = '' }) => {
      if (!held.has(key)) throw serviceError('NotFound', 'UnknownError', 404);
      return {};
    },
    PutObject: ({ Key: key = '', Body: body }) => {
      held.set(key, body);
      return {};
    }
  });
}

describe('files of a job', () => {
  it('are put where their content says, with a checksum', async () => {
    const s3 = bucket();
    const job = {
      entryPoint: file('main.py', 'import helpers'),
      pyFiles: [file('helpers.py', 'x')]
    };
    const uploaded = await uploadJob(s3.send, FOLDER, job);
    const main = sha256('import helpers');
    const folder = main.toString('hex').slice(0, 16);
    assert.deepEqual(uploaded, {
      entryPoint: `s3://demo/jobs/${folder}/main.py`,
      pyFiles: [`s3://demo/jobs/${sha256('x').toString('hex').slice(0, 16)}/helpers.py`]
    });
    assert.deepEqual(s3.inputsOf('PutObject')[0], {
      Bucket: 'demo',
      Key: `jobs/${folder}/main.py`,
      Body: Buffer.from('import helpers'),
      ChecksumSHA256: main.toString('base64')
    });
  });

  it('are sent once, and anew when they have changed', async () => {
    const s3 = bucket();
    const first = await uploadFile(s3.send, FOLDER, file('main.py', '1'));
    assert.equal(await uploadFile(s3.send, FOLDER, file('main.py', '1')), first);
    assert.equal(s3.inputsOf('PutObject').length, 1);
    assert.notEqual(await uploadFile(s3.send, FOLDER, file('main.py', '2')), first);
    assert.equal(s3.inputsOf('PutObject').length, 2);
  });

  it('keep their bare names, and stay in their folder', async () => {
    const s3 = bucket();
    const address = await uploadFile(s3.send, { bucket: 'demo', prefix: '' }, file('a.py', '1'));
    assert.match(address, /^s3:\/\/demo\/[0-9a-f]{16}\/a\.py$/);
    for (const name of ['../a.py', 'a/b.py', ''])
      await assert.rejects(
        uploadFile(s3.send, FOLDER, file(name, '1')),
        failsWith('HR_INTERNAL', /bare name/)
      );
    assert.equal(folderAddress({ bucket: 'demo', prefix: '' }), 's3://demo/');
  });

  it('are not put where the bucket does not let them', async () => {
    const s3 = fakeService<S3Operations>('s3', {
      HeadObject: () => {
        throw serviceError('AccessDenied', 'Access Denied', 403);
      }
    });
    await assert.rejects(
      uploadFile(s3.send, FOLDER, file('main.py', '1')),
      failsWith('HR_AWS_REFUSED', /s3:HeadObject/)
    );
  });
});

describe('settings of a job as one line', () => {
  const job = (conf: Record<string, string>): Job => ({
    name: 'a',
    entryPoint: 's3://demo/a.py',
    conf,
    streaming: false,
    token: 't'
  });

  /** Takes a line apart as a shell does. */
  function words(line: string): string[] {
    const parts = line.match(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g) ?? [];
    return parts.map(part => part.replace(/\\(.)|"/g, (_, char: string | undefined) => char ?? ''));
  }

  it('are the same when a shell has taken them apart', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(one => !/\p{Cc}/u.test(one));
    const conf = fc.dictionary(fc.stringMatching(/^spark\.[a-z.]{1,12}$/), text, {
      noNullPrototype: true
    });
    fc.assert(
      fc.property(conf, conf => {
        assert.deepEqual(words(submitParameters(job(conf))), submitOptions(job(conf)));
      })
    );
  });

  it('that have no way to be written are refused', () => {
    assert.throws(
      () => submitParameters(job({ 'spark.note': 'two\nlines' })),
      failsWith('HR_USAGE', /spark\.note has a line break/)
    );
  });
});

describe('log files in a bucket', () => {
  const place = { bucket: 'demo', prefix: 'logs/', matches: () => true };

  it('that break off while they are read are an error', async () => {
    const broken = (key: string) =>
      fakeService<S3Operations>('s3', {
        ListObjectsV2: () => ({ Contents: [{ Key: key }] }),
        GetObject: () => ({
          Body: new Readable({
            read() {
              this.destroy(new Error('connection lost'));
            }
          })
        })
      });
    for (const key of ['logs/stdout.gz', 'logs/stdout'])
      await assert.rejects(
        readLogFiles(broken(key).send, place, { lines: 5 }),
        failsWith('HR_AWS_UNREACHABLE', /s3:\/\/demo\/logs\/stdout.*connection lost/)
      );
  });

  it('are listed page by page, and no more of them read than needed', async () => {
    const s3 = fakeService<S3Operations>('s3', {
      ListObjectsV2: ({ ContinuationToken: token }) =>
        token === undefined
          ? {
              Contents: [{ Key: 'logs/new', LastModified: new Date(9) }],
              NextContinuationToken: 'x'
            }
          : { Contents: [{ Key: 'logs/old', LastModified: new Date(1) }] },
      GetObject: ({ Key: key = '' }) => ({ Body: Readable.from([`${key} 1\n`, `${key} 2\n`]) })
    });
    const { lines } = await readLogFiles(s3.send, place, { lines: 2 });
    assert.deepEqual(lines, ['logs/new 1', 'logs/new 2']);
    assert.deepEqual(s3.inputsOf('GetObject'), [{ Bucket: 'demo', Key: 'logs/new' }]);
    const all = await readLogFiles(s3.send, place, { lines: 3 });
    assert.deepEqual(all.lines, ['logs/old 2', 'logs/new 1', 'logs/new 2']);
  });
});
