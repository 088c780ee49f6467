import { createHash } from 'node:crypto';
import { HeadraceError } from '../../../shared/errors.ts';
import { isNotFound } from '../control/errors.ts';
import type { LayerOutputs } from '../engine/parameters.ts';
import { KAFKA_ARCHIVE_KEY, KAFKA_ON_EC2_VERSION } from '../template/kafka/archive.ts';
import { OUTPUTS } from '../template/types.ts';
import type { Hands } from './hands.ts';
import { requireOutput } from './reach-kafka.ts';

/** All versions, for ever; mirrors have the newest only. https://downloads.apache.org/kafka/ */
const ARCHIVE = `https://archive.apache.org/dist/kafka/${KAFKA_ON_EC2_VERSION}/${KAFKA_ARCHIVE_KEY.slice(KAFKA_ARCHIVE_KEY.lastIndexOf('/') + 1)}`;

/** Brings the archive of Kafka into the bucket of the environment, from where the machines take it; once. */
export async function uploadKafka(outputs: LayerOutputs, hands: Hands): Promise<void> {
  const { place, options, signal, step } = hands;
  const bucket = requireOutput(outputs, 'net', OUTPUTS.net.bucket);
  const object = { Bucket: bucket, Key: KAFKA_ARCHIVE_KEY };
  if (await isThere(hands, object)) return;
  step(`Fetching Kafka ${KAFKA_ON_EC2_VERSION}`);
  const body = await (options.kafkaArchive ?? downloadKafka)(signal);
  step(`Uploading Kafka ${KAFKA_ON_EC2_VERSION} to ${bucket}`);
  const ChecksumSHA256 = createHash('sha256').update(body).digest('base64');
  await place.s3('PutObject', { ...object, Body: body, ChecksumSHA256 }, signal);
}

async function isThere(
  { place, signal }: Hands,
  object: { readonly Bucket: string; readonly Key: string }
): Promise<boolean> {
  try {
    await place.s3('HeadObject', object, signal);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** The archive as Apache keeps it, compared with the checksum that stands beside it. */
async function downloadKafka(signal: AbortSignal): Promise<Uint8Array> {
  const body = new Uint8Array(await (await get(ARCHIVE, signal)).arrayBuffer());
  const said = await (await get(`${ARCHIVE}.sha512`, signal)).text();
  // Apache writes it in groups of digits after the name of the file.
  const wanted = said
    .slice(said.indexOf(':') + 1)
    .replace(/[^0-9A-Fa-f]/g, '')
    .toLowerCase();
  if (createHash('sha512').update(body).digest('hex') === wanted) return body;
  throw new HeadraceError('HR_CHECKSUM', 'The archive of Kafka is not what Apache made', {
    why: `its SHA-512 is not the one beside ${ARCHIVE}`,
    next: 'Run the cell again; the bucket is left without it.'
  });
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return response;
    throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    signal.throwIfAborted();
    throw new HeadraceError('HR_DOWNLOAD', `Cannot fetch ${url}`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next: 'Check the connection to the internet and run the cell again.',
      cause
    });
  }
}
