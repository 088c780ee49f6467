import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/** Writes JSON so that a reader sees the old file or the new one, for this user only (0600). */
export async function writeWhole(file: string, value: unknown): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await rename(fresh, file);
}

/** Reads such a file; null where it is missing, damaged or of another version. */
export async function readWhole<Value>(
  file: string,
  schema: z.ZodType<Value>
): Promise<Value | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
