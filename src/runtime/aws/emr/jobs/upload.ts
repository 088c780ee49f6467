import { createHash } from 'node:crypto';
import { HeadraceError } from '../../../../shared/errors.ts';
import { isNotFound } from '../../control/errors.ts';
import { addressOf, keyIn, type Folder, type S3Send } from './storage.ts';

/** A file of a job. */
export interface JobFile {
  /** The bare name, which is that of the module for Python. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Where the files of a job are in the bucket. */
export interface UploadedJob {
  readonly entryPoint: string;
  readonly pyFiles: readonly string[];
}

/** Enough of a SHA-256 that two files of one person never meet, hexadecimal digits. */
const HASH_DIGITS = 16;

/** Uploads a job and the Python files that it imports. See {@link uploadFile}. */
export async function uploadJob(
  send: S3Send,
  folder: Folder,
  job: { readonly entryPoint: JobFile; readonly pyFiles?: readonly JobFile[] },
  signal?: AbortSignal
): Promise<UploadedJob> {
  const [entryPoint, ...pyFiles] = await Promise.all([
    uploadFile(send, folder, job.entryPoint, signal),
    ...(job.pyFiles ?? []).map(file => uploadFile(send, folder, file, signal))
  ]);
  return { entryPoint, pyFiles };
}

/**
 * Puts a file into a folder named after the hash of its content, so that a running job never sees another version, and
 * the same file is sent once. Gives its address.
 */
export async function uploadFile(
  send: S3Send,
  folder: Folder,
  file: JobFile,
  signal?: AbortSignal
): Promise<string> {
  if (!/^[^/\\]+$/.test(file.name)) throw notBare(file.name);
  const digest = createHash('sha256').update(file.content).digest();
  const hash = digest.toString('hex').slice(0, HASH_DIGITS);
  const place = { Bucket: folder.bucket, Key: keyIn(folder, `${hash}/${file.name}`) };
  if (!(await exists(send, place, signal)))
    await send(
      'PutObject',
      { ...place, Body: file.content, ChecksumSHA256: digest.toString('base64') },
      signal
    );
  return addressOf(place.Bucket, place.Key);
}

async function exists(
  send: S3Send,
  place: { readonly Bucket: string; readonly Key: string },
  signal: AbortSignal | undefined
): Promise<boolean> {
  try {
    await send('HeadObject', place, signal);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function notBare(name: string): HeadraceError {
  return new HeadraceError('HR_INTERNAL', `A file of a job is named ${name}`, {
    why: 'only the bare name can be uploaded'
  });
}
