import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import { bodyTooLarge, Refusal } from './refusal.ts';

/** Largest uploaded file in bytes, as `livy.file.upload.max.size`. */
export const UPLOAD_LIMIT = 100 * 1024 * 1024;

/**
 * Writes an uploaded file below a folder, under its own name and in a folder of its own, so that one
 * upload never replaces another; gives its path. A file that is too large is refused and removed.
 */
export async function saveUpload(part: MultipartFile, folder: string): Promise<string> {
  const name = path.basename(part.filename);
  if (name === '' || name === '.' || name === '..')
    throw new Refusal(400, { msg: 'The uploaded file has no name.' });
  const parent = path.join(folder, 'uploads');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const own = await mkdtemp(path.join(parent, 'upload-'));
  try {
    const file = path.join(own, name);
    await pipeline(part.file, createWriteStream(file, { mode: 0o600 }));
    if (part.file.truncated) throw bodyTooLarge(UPLOAD_LIMIT);
    return file;
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
}
