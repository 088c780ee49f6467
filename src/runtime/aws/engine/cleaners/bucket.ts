import type { S3 } from '@aws-sdk/client-s3';
import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import { HeadraceError } from '../../../../shared/errors.ts';
import { physicalIds, type Cleaner } from './port.ts';

type Ask = <Result>(operation: string, work: (client: S3) => Promise<Result>) => Promise<Result>;

interface Version {
  readonly Key: string;
  readonly VersionId?: string;
}

/** Up to a thousand versions and delete markers, which is as many as one deletion takes. */
async function firstVersions(ask: Ask, Bucket: string, abortSignal: AbortSignal) {
  const page = await ask('ListBucketVersions', client =>
    client.listObjectVersions({ Bucket }, { abortSignal })
  );
  return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
    .slice(0, 1000)
    .flatMap(({ Key, VersionId }): Version[] =>
      Key === undefined ? [] : [VersionId === undefined ? { Key } : { Key, VersionId }]
    );
}

/** Deletes all versions, a thousand at a time; what cannot be deleted ends it, or it would go on for ever. */
async function deleteVersions(ask: Ask, Bucket: string, abortSignal: AbortSignal): Promise<number> {
  let count = 0;
  for (;;) {
    const Objects = await firstVersions(ask, Bucket, abortSignal);
    if (Objects.length === 0) return count;
    const { Errors = [] } = await ask('DeleteObject', client =>
      client.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } }, { abortSignal })
    );
    const [first] = Errors;
    if (first !== undefined)
      throw new HeadraceError('HR_AWS_REFUSED', `S3 does not delete ${first.Key ?? 'an object'}`, {
        why: first.Message ?? first.Code ?? 'no reason was given'
      });
    count += Objects.length;
  }
}

/** Uploads that never ended are no objects, but they cost. */
async function abortUploads(ask: Ask, Bucket: string, abortSignal: AbortSignal): Promise<void> {
  const { Uploads = [] } = await ask('ListBucketMultipartUploads', client =>
    client.listMultipartUploads({ Bucket }, { abortSignal })
  );
  for (const { Key, UploadId } of Uploads)
    await ask('AbortMultipartUpload', client =>
      client.abortMultipartUpload({ Bucket, Key, UploadId }, { abortSignal })
    );
}

/** Empties the buckets of a stack: S3 deletes only empty ones. */
export function bucketCleaner(clients: AwsClients): Cleaner {
  const { region, profile } = clients;
  const ask: Ask = (operation, work) =>
    asking({ action: `s3:${operation}`, region, profile }, async () => work(await clients.s3()));
  return {
    what: 'the bucket',
    layers: ['spark', 'kafka', 'net'],
    async clean({ resources }, signal) {
      const did: string[] = [];
      for (const bucket of physicalIds(resources, 'AWS::S3::Bucket'))
        try {
          const count = await deleteVersions(ask, bucket, signal);
          await abortUploads(ask, bucket, signal);
          if (count > 0) did.push(`Deleted ${count} objects of the bucket ${bucket}.`);
        } catch (error) {
          if (!isNotFound(error)) throw error;
        }
      return did;
    }
  };
}
