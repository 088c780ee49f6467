import type {
  GetObjectCommandInput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput
} from '@aws-sdk/client-s3';
import { senderOf, type Send } from '../../control/send.ts';
import type { AwsClients } from '../../control/clients.ts';

/** The operations of Amazon S3 that the runtime uses. */
export interface S3Operations {
  /** The body is a readable stream of Node. */
  readonly GetObject: readonly [GetObjectCommandInput, { readonly Body?: unknown }];
  readonly HeadObject: readonly [
    HeadObjectCommandInput,
    Omit<HeadObjectCommandOutput, '$metadata'>
  ];
  readonly ListObjectsV2: readonly [
    ListObjectsV2CommandInput,
    Omit<ListObjectsV2CommandOutput, '$metadata'>
  ];
  readonly PutObject: readonly [PutObjectCommandInput, Omit<PutObjectCommandOutput, '$metadata'>];
}
export type S3Send = Send<S3Operations>;

/** A folder in a bucket. */
export interface Folder {
  readonly bucket: string;
  /** Without a slash at its ends; empty for the whole bucket. */
  readonly prefix: string;
}

/** Sends to Amazon S3. */
export function s3Send(clients: Pick<AwsClients, 'region' | 'profile' | 's3'>): S3Send {
  return senderOf<S3Operations>({ ...clients, service: 's3' }, clients.s3);
}

/** The key of a name inside a folder. */
export function keyIn({ prefix }: Folder, name: string): string {
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `s3://bucket/key`. */
export function addressOf(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** The address of a folder, with a slash at its end. */
export function folderAddress({ bucket, prefix }: Folder): string {
  return prefix === '' ? `s3://${bucket}/` : `s3://${bucket}/${prefix}/`;
}
