import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * Small files of JSON, for this user only (0600), written so that a reader sees the old file or the new
 * one. The synchronous forms are for what has to be on the disk before a request is answered.
 */

/** Throws the error of the file system, and leaves nothing half written behind. */
export async function writeWhole(file: string, value: unknown): Promise<void> {
  const fresh = freshName(file);
  try {
    await writeFile(fresh, textOf(value), MODE);
    await rename(fresh, file);
  } catch (error) {
    await removeFile(fresh);
    throw error;
  }
}

/** As `writeWhole`. */
export function writeWholeSync(file: string, value: unknown): void {
  const fresh = freshName(file);
  try {
    writeFileSync(fresh, textOf(value), MODE);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Null where the file is missing, damaged or of another form. */
export async function readWhole<Value>(
  file: string,
  schema: z.ZodType<Value>
): Promise<Value | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : parsed(text, schema);
}

/** As `readWhole`. */
export function readWholeSync<Value>(file: string, schema: z.ZodType<Value>): Value | null {
  try {
    return parsed(readFileSync(file, 'utf8'), schema);
  } catch {
    return null;
  }
}

/** A file that is not there is no error. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}

const MODE = { mode: 0o600 };

function freshName(file: string): string {
  return `${file}.${process.pid}.new`;
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function parsed<Value>(text: string, schema: z.ZodType<Value>): Value | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
