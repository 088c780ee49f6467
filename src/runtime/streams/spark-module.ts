import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { HeadraceError } from '../../shared/errors.ts';

/** The module that statements call, and the package that it needs. */
const MODULE = 'headrace_streams.py';
const PACKAGE = 'headrace';
/** Unpacks them in the session. */
const BRING = 'headrace_bring.py';

/**
 * A statement in Python that brings the code of streams along, for endpoints that take no files: Livy of EMR Serverless
 * has no uploads, and no other than our gateway reads this machine's folders. Only the driver ever imports it.
 */
export async function sparkModule(folder: string): Promise<string> {
  const [code, sources] = await Promise.all([read(folder, BRING), readSources(folder)]);
  const packed = deflateSync(JSON.stringify(sources)).toString('base64');
  return `${code}\n\n_headrace_bring("${packed}")`;
}

/** Texts by their path in the folder, with `/`. */
async function readSources(folder: string): Promise<Record<string, string>> {
  const inside = await reading(folder, () => readdir(path.join(folder, PACKAGE)));
  const files = inside.filter(name => name.endsWith('.py')).map(name => `${PACKAGE}/${name}`);
  const entry = async (name: string): Promise<[string, string]> => [name, await read(folder, name)];
  return Object.fromEntries(await Promise.all([MODULE, ...files.toSorted()].map(entry)));
}

function read(folder: string, name: string): Promise<string> {
  return reading(folder, () => readFile(path.join(folder, name), 'utf8'));
}

async function reading<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new HeadraceError('HR_FILE', `The code of streams cannot be read from ${folder}`, {
      next: 'Install Headrace again.',
      cause
    });
  }
}
