import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { requireFile } from '../files/notebook-file.ts';
import { jsonFault } from './json-fault.ts';

/** A specification travels with each saved notebook and is read by each page: it has to be small. */
const MAX_BYTES = 64 * 1024;

/** A Vega-Lite specification as its author wrote it. It is not read in the kernel, only passed on. */
export type Definition = Readonly<Record<string, unknown>>;

/** A text, and where a person finds it. */
export interface SpecText {
  readonly text: string;
  /** `the cell`, or the name of a file. */
  readonly where: string;
  /** Number of its first line there. */
  readonly line: number;
}

const objectSchema = z.record(z.string(), z.unknown());

/** @throws HR_USAGE in one line, with the place where the text is not JSON */
export function parseDefinition({ text, where, line }: SpecText): Definition {
  if (Buffer.byteLength(text) > MAX_BYTES) throw tooLarge(where);
  const fault = jsonFault(text);
  if (fault !== null) {
    const before = text.slice(0, fault.offset).split('\n');
    const place = `line ${line + before.length - 1}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new HeadraceError('HR_USAGE', `The specification is not JSON at ${place} of ${where}`, {
      why: `${fault.expected} should stand there`
    });
  }
  const parsed = objectSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new HeadraceError('HR_USAGE', `The specification in ${where} is not an object`, {
    next: 'Write a Vega-Lite specification: { "mark": …, "encoding": … }.'
  });
}

/**
 * A specification from a file, named from the folder of the notebook.
 *
 * @throws HR_FILE with the nearest name, HR_USAGE as `parseDefinition`
 */
export async function readDefinition(cwd: string, asWritten: string): Promise<Definition> {
  const file = await requireFile(cwd, asWritten, 'a file with a Vega-Lite specification');
  if ((await stat(file)).size > MAX_BYTES) throw tooLarge(asWritten);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new HeadraceError('HR_FILE', `${asWritten} cannot be read`, { cause: error });
  });
  return parseDefinition({ text, where: asWritten, line: 1 });
}

function tooLarge(where: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `The specification in ${where} is too large`, {
    why: `the limit is ${MAX_BYTES / 1024} KiB`,
    next: 'Leave data out of it: its rows are those of the stream.'
  });
}
