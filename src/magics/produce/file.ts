import { z } from 'zod';
import { createFileSource } from '../../runtime/producers/file-source.ts';
import { defineMagic } from '../contract.ts';
import { requireFile } from '../files/notebook-file.ts';
import { completeTopics } from '../parser/common-arguments.ts';
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
    const file = await requireFile(context.cwd, args.file, 'a text file');
    const format = lineFormat(args);
    const source = () => createFileSource({ path: file, format, count: args.count ?? null });
    await produce({ ...args, source }, context);
  }
});
