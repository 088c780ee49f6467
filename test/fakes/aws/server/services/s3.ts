import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { ApiError } from '../wire/failure.ts';
import type { StoredObject, World } from '../world/world.ts';
import type { Action, Service } from './service.ts';

function bucketOf(world: World, name: string | undefined): Map<string, StoredObject> {
  const bucket = world.objects.get(name ?? '');
  if (bucket !== undefined) return bucket;
  throw new ApiError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

function objectOf(
  world: World,
  input: { Bucket: string | undefined; Key: string | undefined }
): StoredObject {
  const object = bucketOf(world, input.Bucket).get(input.Key ?? '');
  if (object !== undefined) return object;
  throw new ApiError('NoSuchKey', 'The specified key does not exist.', 404);
}

const etagOf = ({ body }: StoredObject): string =>
  `"${createHash('md5').update(body).digest('hex')}"`;

/** `Body` of the SDK is a stream or a text; on the wire it is bytes. */
type Bytes = { readonly Body?: unknown };

const putObject: Action<sdk.PutObjectCommandInput, sdk.PutObjectCommandOutput> = (
  input,
  { world }
) => {
  const { Body: body } = input as Bytes;
  const object = {
    body: body instanceof Uint8Array ? body : new Uint8Array(),
    type: input.ContentType ?? 'application/octet-stream',
    modifiedAt: world.time.now()
  };
  bucketOf(world, input.Bucket).set(input.Key ?? '', object);
  return { ETag: etagOf(object) };
};

const getObject: Action<sdk.GetObjectCommandInput, object> = (input, { world }) => {
  const object = objectOf(world, input);
  return { Body: object.body, ...described(object) };
};

const headObject: Action<sdk.HeadObjectCommandInput, sdk.HeadObjectCommandOutput> = (
  input,
  { world }
) => described(objectOf(world, input));

const described = (object: StoredObject) => ({
  ContentType: object.type,
  ContentLength: object.body.length,
  ETag: etagOf(object),
  LastModified: new Date(object.modifiedAt)
});

const headBucket: Action<sdk.HeadBucketCommandInput, sdk.HeadBucketCommandOutput> = (
  { Bucket: name },
  { world }
) => {
  bucketOf(world, name);
  return { BucketRegion: world.region };
};

const listObjects: Action<sdk.ListObjectsV2CommandInput, sdk.ListObjectsV2CommandOutput> = (
  input,
  { world }
) => {
  const prefix = input.Prefix ?? '';
  const after = input.ContinuationToken ?? input.StartAfter ?? '';
  const all = [...bucketOf(world, input.Bucket)]
    .filter(([key]) => key.startsWith(prefix) && key > after)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const page = all.slice(0, Math.min(input.MaxKeys ?? 1000, world.pageSize));
  const more = page.length < all.length;
  return {
    Name: input.Bucket,
    Prefix: prefix,
    KeyCount: page.length,
    MaxKeys: input.MaxKeys ?? 1000,
    IsTruncated: more,
    NextContinuationToken: more ? page.at(-1)?.[0] : undefined,
    Contents: page.map(([key, object]) => ({
      Key: key,
      Size: object.body.length,
      ETag: etagOf(object),
      LastModified: new Date(object.modifiedAt),
      StorageClass: 'STANDARD'
    }))
  };
};

const deleteObject: Action<sdk.DeleteObjectCommandInput, sdk.DeleteObjectCommandOutput> = (
  { Bucket: name, Key: key },
  { world }
) => {
  bucketOf(world, name).delete(key ?? '');
  return {};
};

const deleteObjects: Action<sdk.DeleteObjectsCommandInput, sdk.DeleteObjectsCommandOutput> = (
  { Bucket: name, Delete: wanted },
  { world }
) => {
  const bucket = bucketOf(world, name);
  const keys = (wanted?.Objects ?? []).map(({ Key: key }) => key ?? '');
  for (const key of keys) bucket.delete(key);
  return { Deleted: wanted?.Quiet === true ? [] : keys.map(key => ({ Key: key })) };
};

/** Buckets have one version of each object, as those have that were never versioned. */
const listVersions: Action<
  sdk.ListObjectVersionsCommandInput,
  sdk.ListObjectVersionsCommandOutput
> = (input, { world }) => {
  const all = [...bucketOf(world, input.Bucket)].sort(([one], [other]) => (one < other ? -1 : 1));
  const page = all.filter(([key]) => key > (input.KeyMarker ?? '')).slice(0, world.pageSize);
  const last = page.at(-1)?.[0];
  const more = last !== undefined && last !== all.at(-1)?.[0];
  return {
    Name: input.Bucket,
    IsTruncated: more,
    NextKeyMarker: more ? last : undefined,
    Versions: page.map(([key, object]) => ({
      Key: key,
      VersionId: 'null',
      IsLatest: true,
      Size: object.body.length,
      ETag: etagOf(object),
      LastModified: new Date(object.modifiedAt)
    }))
  };
};

const listUploads: Action<
  sdk.ListMultipartUploadsCommandInput,
  sdk.ListMultipartUploadsCommandOutput
> = (input, { world }) => {
  bucketOf(world, input.Bucket);
  return { Bucket: input.Bucket, IsTruncated: false };
};

/** Path style only. https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export const s3: Service = {
  name: 's3',
  signingName: 's3',
  sdk,
  protocol: 'rest-xml',
  actions: {
    PutObject: putObject,
    GetObject: getObject,
    HeadObject: headObject,
    HeadBucket: headBucket,
    ListObjectsV2: listObjects,
    ListObjectVersions: listVersions,
    ListMultipartUploads: listUploads,
    DeleteObject: deleteObject,
    DeleteObjects: deleteObjects
  }
};
