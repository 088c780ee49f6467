import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { nearest } from '../parser/nearest.ts';

/**
 * The absolute path of a file that a cell names from the folder of its notebook.
 *
 * @param kind what the person should name instead, such as `a text file`
 * @throws HR_FILE with the nearest name in its folder
 */
export async function requireFile(cwd: string, asWritten: string, kind: string): Promise<string> {
  const file = path.resolve(cwd, asWritten);
  const found = await stat(file).catch(() => null);
  if (found?.isFile() === true) return file;
  if (found !== null)
    throw new HeadraceError('HR_FILE', `${asWritten} is not a file`, { next: `Name ${kind}.` });
  throw new HeadraceError('HR_FILE', `There is no file ${asWritten}`, { next: await advice(file) });
}

async function advice(file: string): Promise<string> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch(() => null);
  if (names === null) return `The folder ${folder} does not exist either.`;
  const near = nearest(path.basename(file), names);
  return near === null ? `The folder is ${folder}.` : `Did you mean ${near}?`;
}
