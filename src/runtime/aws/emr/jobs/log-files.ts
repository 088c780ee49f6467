import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HeadraceError } from '../../../../shared/errors.ts';
import { firstPages } from '../../control/pages.ts';
import type { JobLog, LogQuery } from './port.ts';
import { addressOf, type S3Send } from './storage.ts';

/** Which objects of a bucket are the log of a job. */
export interface LogPlace {
  readonly bucket: string;
  /** Beginning of the keys. */
  readonly prefix: string;
  /** Whether a key is a file of that stream of the driver. */
  readonly matches: (key: string) => boolean;
}

interface LogFile {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Logs of long jobs are cut into files; no more of them are read than this. */
const MOST_FILES = 5;

/** The last lines of a log that a service writes into a bucket, as text or compressed. */
export async function readLogFiles(
  send: S3Send,
  place: LogPlace,
  { lines }: Pick<LogQuery, 'lines'>,
  signal?: AbortSignal
): Promise<JobLog> {
  const newestFirst = (await logFiles(send, place, signal)).toSorted((a, b) => b.at - a.at);
  let kept: string[] = [];
  const files: string[] = [];
  for (const { key } of newestFirst.slice(0, MOST_FILES)) {
    if (kept.length >= lines) break;
    kept = [...(await lastLines(send, place.bucket, key, lines - kept.length, signal)), ...kept];
    files.unshift(addressOf(place.bucket, key));
  }
  return { lines: kept, files };
}

async function logFiles(
  send: S3Send,
  { bucket, prefix, matches }: LogPlace,
  signal?: AbortSignal
): Promise<readonly LogFile[]> {
  const objects = await firstPages(async next => {
    const page = next === undefined ? {} : { ContinuationToken: next };
    const request = { Bucket: bucket, Prefix: prefix, ...page };
    const answer = await send('ListObjectsV2', request, signal);
    return { items: answer.Contents ?? [], next: answer.NextContinuationToken };
  }, Infinity);
  return objects.flatMap(({ Key: key, LastModified: at }) =>
    key !== undefined && matches(key) ? [{ key, at: at?.getTime() ?? 0 }] : []
  );
}

/** Reads a file as it comes, keeping only what is wanted: a log may be larger than the memory. */
async function lastLines(
  send: S3Send,
  bucket: string,
  key: string,
  count: number,
  signal?: AbortSignal
): Promise<string[]> {
  const { Body: body } = await send('GetObject', { Bucket: bucket, Key: key }, signal);
  if (!(body instanceof Readable)) return [];
  try {
    return await tailOf(key.endsWith('.gz') ? unpacked(body) : body, count);
  } catch (cause) {
    throw new HeadraceError('HR_AWS_UNREACHABLE', `Cannot read ${addressOf(bucket, key)}`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next: 'Try again.',
      cause
    });
  }
}

/** Fails where what it is made from fails; whoever reads it sees that, so nobody else has to. */
function unpacked(body: Readable): Readable {
  return pipeline(body, createGunzip(), () => undefined);
}

async function tailOf(input: AsyncIterable<unknown>, count: number): Promise<string[]> {
  const decoder = new TextDecoder();
  let kept: string[] = [];
  let rest = '';
  for await (const chunk of input) {
    const text =
      chunk instanceof Uint8Array ? decoder.decode(chunk, { stream: true }) : String(chunk);
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    kept = [...kept, ...lines].slice(-count);
  }
  return (rest === '' ? kept : [...kept, rest]).slice(-count);
}
