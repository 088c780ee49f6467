import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of the files in the folder of a held process; `spark-jobs/link/files.py` has the same ones. */
export const REQUEST_FILE = 'request.json';
export const ENDPOINT_FILE = 'endpoint.json';
export const LAST_FILE = 'last.json';
/** What the process writes before its own log runs, and what its interpreter writes when it crashes. */
const START_LOG = 'start.log';

/** Lines of the start log that are shown. */
const SHOWN_LINES = 200;

/** Calls with a descriptor of the start log, which is closed afterwards. */
export function withStartLog<Result>(folder: string, use: (file: number) => Result): Result {
  const file = openSync(path.join(folder, START_LOG), 'a', 0o600);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** The newest lines of the start log; none where there is no such file. */
export function startLogLines(folder: string): string[] {
  try {
    const text = readFileSync(path.join(folder, START_LOG), 'utf8').trimEnd();
    return text === '' ? [] : text.split('\n').slice(-SHOWN_LINES);
  } catch {
    return [];
  }
}
