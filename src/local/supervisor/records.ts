import { z } from 'zod';
import { ERROR_CODES, HeadraceError } from '../../shared/errors.ts';
import type { ProgressStep } from '../../runtime/stack-port.ts';
import type { HeadracePaths } from '../paths.ts';
import { processIdentitySchema } from '../processes.ts';
import { readWhole, writeWhole } from '../whole-file.ts';

const stackSchema = z.object({
  version: z.literal(1),
  /** Of the stack, which may have had another daemon before. */
  id: z.string().min(1),
  daemon: processIdentitySchema,
  /** Of the gateway and of the control routes; loopback. */
  url: z.url(),
  token: z.string().min(32),
  brokers: z.array(z.string().min(1)).min(1),
  /** Epoch milliseconds. */
  startedAt: z.number()
});

/** How to reach the running stack. Holds its token, so that the file is for this user only. */
export type StackRecord = z.infer<typeof stackSchema>;

const faultSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  why: z.string().nullable(),
  next: z.string().nullable(),
  lines: z.array(z.string())
});

const startSchema = z.object({
  /** The daemon that writes this. */
  pid: z.int(),
  label: z.string(),
  fraction: z.number().nullable(),
  /** Why the start ended without a stack. */
  fault: faultSchema.nullable()
});

/** How far a daemon has come with its start. */
export type StartRecord = z.infer<typeof startSchema>;

export function readStack(paths: HeadracePaths): Promise<StackRecord | null> {
  return readWhole(paths.stackFile, stackSchema);
}

export async function writeStack(paths: HeadracePaths, record: StackRecord): Promise<void> {
  await writeWhole(paths.stackFile, stackSchema.parse(record));
}

export function readStart(paths: HeadracePaths): Promise<StartRecord | null> {
  return readWhole(paths.progressFile, startSchema);
}

/** Tells those who wait how far the start is. */
export async function writeStep(paths: HeadracePaths, step: ProgressStep): Promise<void> {
  const record: StartRecord = { pid: process.pid, ...step, fault: null };
  await writeWhole(paths.progressFile, record);
}

/** Tells those who wait why there will be no stack. */
export async function writeFault(paths: HeadracePaths, error: HeadraceError): Promise<void> {
  const { code, message, why = null, next = null, traceback } = error;
  const fault = { code, message, why, next, lines: [...traceback] };
  const record: StartRecord = { pid: process.pid, label: 'failed', fraction: null, fault };
  await writeWhole(paths.progressFile, record);
}

/** The error that a daemon wrote down, as it was. */
export function faultError(record: StartRecord): HeadraceError | null {
  if (record.fault === null) return null;
  const { code, message, why, next, lines } = record.fault;
  return new HeadraceError(code, message, {
    ...(why === null ? {} : { why }),
    ...(next === null ? {} : { next }),
    traceback: lines
  });
}
