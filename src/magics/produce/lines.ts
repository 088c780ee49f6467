import { z } from 'zod';
import { createLineSource } from '../../runtime/producers/line-source.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { completeTopics } from '../parser/common-arguments.ts';
import { lineArguments, lineFormat, produceArguments } from './options.ts';
import { produce } from './produce.ts';

export const produceLines = defineMagic({
  name: 'produce',
  kinds: ['cell'],
  summary: 'Produces the lines of the cell, one record each; empty lines are left out.',
  args: z.object({ ...produceArguments, ...lineArguments }),
  body: 'one record a line.',
  examples: [
    '%%produce --topic words\nto be or not to be',
    '%%produce --topic pets --key-separator :\n1:cat'
  ],
  complete: (argument, runtime) =>
    argument === 'topic' ? completeTopics(runtime) : Promise.resolve([]),
  async run(args, body, context) {
    const lines = (body ?? '').split('\n').filter(line => line.trim() !== '');
    if (lines.length === 0)
      throw new HeadraceError('HR_USAGE', 'The cell has no lines to produce', {
        next: 'Write one record a line below %%produce.'
      });
    await produce({ ...args, source: () => createLineSource(lines, lineFormat(args)) }, context);
  }
});
