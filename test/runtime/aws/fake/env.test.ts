import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { startAws } from '../../../fakes/aws/server/start.ts';
import { clientsOf, applied, outputsOf } from './support.ts';
import { network } from './templates.ts';

describe('the environment of the fake AWS', () => {
  it('points clients that know nothing else to it', async test => {
    const keys = { accessKeyId: 'ASIATEMPORARY', secretAccessKey: 's', sessionToken: 't' };
    const arn = 'arn:aws:sts::123456789012:assumed-role/dev/zoë';
    const aws = await startAws({ principals: [{ arn, keys }] });
    const before = { ...process.env };
    Object.assign(process.env, aws.env);
    const clients = [new STS({}), new S3({})] as const;
    test.after(async () => {
      process.env = before;
      for (const client of clients) client.destroy();
      await aws.close();
    });
    const [sts, s3] = clients;
    assert.equal((await sts.getCallerIdentity({})).Arn, arn);
    const { BucketName: Bucket = '' } = outputsOf(
      await applied(clientsOf(aws), { template: network })
    );
    // A stream is sent in chunks with its checksum behind it.
    const body = Readable.from(['a'.repeat(40_000), 'b'.repeat(30_000)], { objectMode: false });
    await s3.putObject({ Bucket, Key: 'k', Body: body, ContentLength: 70_000 });
    const { Body: read } = await s3.getObject({ Bucket, Key: 'k' });
    assert.equal(await read?.transformToString(), 'a'.repeat(40_000) + 'b'.repeat(30_000));
  });
});
