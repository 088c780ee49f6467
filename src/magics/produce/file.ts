import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createFileSource } from '../../runtime/producers/file-source.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { completeTopics } from '../parser/common-arguments.ts';
import { nearest } from '../parser/nearest.ts';
import { lineArguments, lineFormat, produceArguments } from './options.ts';
import { produce } from './produce.ts';

export const produceFile = defineMagic({
  name: 'produce',
  kinds: ['line'],
  summary: 'Produces the lines of a text file, one record each; empty lines are left out.',
  positional: ['file'],
  args: z.object({
    file: z.string().min(1).describe('Path of the file, from the folder of the notebook.'),
    ...produceArguments,
    ...lineArguments,
    count: z.int().positive().optional().describe('At most this many records.')
  }),
  examples: ['%produce words.txt --topic words', '%produce visits.csv --topic visits --rate 100'],
  complete: (argument, runtime) =>
    argument === 'topic' ? completeTopics(runtime) : Promise.resolve([]),
  async run(args, _body, context) {
    const file = path.resolve(context.cwd, args.file);
    await requireFile(file, args.file);
    const format = lineFormat(args);
    const source = () => createFileSource({ path: file, format, count: args.count ?? null });
    await produce({ ...args, source }, context);
  }
});

async function requireFile(file: string, asWritten: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() === true) return;
  if (found !== null)
    throw new HeadraceError('HR_FILE', `${asWritten} is not a file`, { next: 'Name a text file.' });
  throw new HeadraceError('HR_FILE', `There is no file ${asWritten}`, { next: await advice(file) });
}

async function advice(file: string): Promise<string> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch(() => null);
  if (names === null) return `The folder ${folder} does not exist either.`;
  const near = nearest(path.basename(file), names);
  return near === null ? `The folder is ${folder}.` : `Did you mean ${near}?`;
}
