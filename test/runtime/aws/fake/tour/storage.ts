import assert from 'node:assert/strict';
import { Pricing } from '@aws-sdk/client-pricing';
import { SSM } from '@aws-sdk/client-ssm';
import { configOf } from '../support.ts';
import type { Tour } from './tour.ts';

export async function visitS3({ clients, out, same }: Tour): Promise<void> {
  const { s3 } = clients;
  const Bucket = out('BucketName');
  const object = { Bucket, Key: 'jobs/a b+ü.py' };
  const Body = Buffer.from('print("\u0000 & <ü>")');
  await same('s3:PutObject', () => s3.putObject({ ...object, Body, ContentType: 'text/x-python' }));
  await same('s3:HeadBucket', () => s3.headBucket({ Bucket }));
  await same('s3:HeadObject', () => s3.headObject(object));
  await same('s3:GetObject', async () => {
    const { Body: body, ...rest } = await s3.getObject(object);
    return { ...rest, Body: await body?.transformToByteArray() };
  });
  await same('s3:ListObjectsV2', () => s3.listObjectsV2({ Bucket, Prefix: 'jobs/' }));
  await same('s3:ListObjectVersions', () => s3.listObjectVersions({ Bucket }));
  await same('s3:ListMultipartUploads', () => s3.listMultipartUploads({ Bucket }));
  const Delete = { Objects: [{ Key: object.Key, VersionId: 'null' }] };
  await same('s3:DeleteObjects', () => s3.deleteObjects({ Bucket, Delete }));
  await same('s3:DeleteObject', () => s3.deleteObject(object));
  await assert.rejects(s3.getObject(object), { name: 'NoSuchKey' });
}

export async function visitSsm({ aws, same }: Tour): Promise<void> {
  const ssm = new SSM(configOf(aws));
  const Name = '/headrace/demo';
  const image = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
  await same('ssm:PutParameter', () => ssm.putParameter({ Name, Value: '{}', Type: 'String' }));
  await same('ssm:GetParameter', () => ssm.getParameter({ Name }));
  await same('ssm:GetParameters', () => ssm.getParameters({ Names: [Name, image, 'no'] }));
  await same('ssm:GetParametersByPath', () => ssm.getParametersByPath({ Path: '/headrace' }));
  await same('ssm:DeleteParameter', () => ssm.deleteParameter({ Name }));
  const session = await same('ssm:StartSession', () => ssm.startSession({ Target: 'i-0123' }));
  const SessionId = String(Reflect.get(session, 'SessionId'));
  await same('ssm:TerminateSession', () => ssm.terminateSession({ SessionId }));
  ssm.destroy();
}

export async function visitPricesAndTags({ aws, clients, same }: Tour): Promise<void> {
  const pricing = new Pricing({ ...configOf(aws), region: 'us-east-1' });
  const Filters = [
    { Type: 'CONTAINS', Field: 'usagetype', Value: 'Kafka' },
    { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-1' }
  ] as const;
  await same('pricing:GetProducts', () =>
    pricing.getProducts({ ServiceCode: 'AmazonMSK', Filters: [...Filters] })
  );
  pricing.destroy();
  await same('tag:GetResources', () =>
    clients.tagging.getResources({
      TagFilters: [{ Key: 'headrace:environment', Values: ['demo'] }],
      ResourceTypeFilters: ['ec2:vpc', 'kafka:cluster', 's3', 'emr-serverless:applications']
    })
  );
  assert.equal(
    (aws.calls.at(-1)?.output as { ResourceTagMappingList: [] }).ResourceTagMappingList.length,
    4
  );
}
