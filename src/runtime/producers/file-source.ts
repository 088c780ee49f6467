import { open, type FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { HeadraceError } from '../../shared/errors.ts';
import { parseLine, type LineFormat } from './line-source.ts';
import type { RecordSource } from './port.ts';

/** Bytes read at a time. */
const CHUNK_BYTES = 256 * 1024;
/** Kafka refuses larger records by default (`max.message.bytes`); a longer line is a wrong file. */
const MAX_LINE_CHARACTERS = 1_000_000;

export interface FileSourceOptions {
  readonly path: string;
  readonly format: LineFormat;
  /** At most this many records; null is the whole file. */
  readonly count: number | null;
}

/**
 * Lines of a text file, one record each, read as they are needed. Empty lines are left out.
 *
 * @throws HR_FILE where the file cannot be opened or read, or has a line above a million characters
 */
export async function createFileSource(options: FileSourceOptions): Promise<RecordSource> {
  const file = await open(options.path).catch((error: unknown) => {
    throw unreadable(options.path, error);
  });
  const readLines = lineReader(file, options.path);
  let left = options.count ?? Number.POSITIVE_INFINITY;
  let pending: readonly string[] = [];
  return {
    total: null,
    async next(max) {
      while (pending.length === 0) {
        const lines = left === 0 ? null : await readLines();
        if (lines === null) return [];
        pending = lines;
      }
      const batch = pending.slice(0, Math.min(max, left));
      pending = pending.slice(batch.length);
      left -= batch.length;
      return batch.map(line => parseLine(line, options.format));
    },
    close: () => file.close()
  };
}

/** Whole lines of the next chunk, possibly none; null at the end of the file. */
function lineReader(file: FileHandle, path: string): () => Promise<readonly string[] | null> {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = '';
  let ended = false;
  return async () => {
    if (ended) return null;
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    ended = bytesRead === 0;
    const text = rest + (ended ? decoder.end() : decoder.write(buffer.subarray(0, bytesRead)));
    const lines = text.split(/\r?\n/);
    rest = ended ? '' : (lines.pop() ?? '');
    if (rest.length > MAX_LINE_CHARACTERS) throw lineTooLong(path);
    return lines.filter(line => line !== '');
  };
}

function unreadable(path: string, cause: unknown): HeadraceError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new HeadraceError('HR_FILE', `The file ${path} cannot be read`, { why, cause });
}

function lineTooLong(path: string): HeadraceError {
  return new HeadraceError('HR_FILE', `The file ${path} has a line above 1,000,000 characters`, {
    next: 'Give a text file with one record a line.'
  });
}
