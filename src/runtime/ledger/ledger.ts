import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { emptyRecord, ledgerRecordSchema, type LedgerRecord } from './record.ts';

/** Newest entries kept of each kind, so that a notebook run for months keeps a small file. */
const MAX_ENTRIES = 200;

/** What one notebook started, on disk, so that a new kernel can adopt or stop it. */
export interface Ledger {
  readonly record: LedgerRecord;
  /** Changes the record and writes it; writes happen one after the other. */
  update(change: (record: LedgerRecord) => LedgerRecord): Promise<void>;
  /** Resolves when every change so far is written or was refused. */
  settled(): Promise<void>;
}

/**
 * Opens `<directory>/<notebook>.json`. A file that cannot be understood counts as empty and is replaced at
 * the next change: it only ever holds what can be found again.
 *
 * @throws HR_DISK from `update` where the file cannot be written
 */
export async function openLedger(directory: string, notebook: string): Promise<Ledger> {
  const file = path.join(directory, `${notebook}.json`);
  let record = (await readRecord(file)) ?? emptyRecord(notebook);
  let writing = Promise.resolve();
  return {
    get record() {
      return record;
    },
    update(change) {
      record = bounded(change(record));
      const content = `${JSON.stringify(record, null, 2)}\n`;
      const written = writing.then(() => writeAtomically(file, content));
      writing = written.catch(() => undefined);
      return written;
    },
    settled: () => writing
  };
}

async function readRecord(file: string): Promise<LedgerRecord | null> {
  try {
    return ledgerRecordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A reader sees the old file or the new one, never half of it. */
async function writeAtomically(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, content, { mode: 0o600 });
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new HeadraceError('HR_DISK', `The record of this notebook cannot be written to ${file}`, {
      next: 'Make room or give write permission, then run the cell again.',
      cause
    });
  }
}

function bounded(record: LedgerRecord): LedgerRecord {
  return {
    ...record,
    streams: record.streams.slice(-MAX_ENTRIES),
    views: record.views.slice(-MAX_ENTRIES),
    topics: record.topics.slice(-MAX_ENTRIES),
    producers: record.producers.slice(-MAX_ENTRIES),
    batches: record.batches.slice(-MAX_ENTRIES)
  };
}
