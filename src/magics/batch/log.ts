import { z } from 'zod';
import { contentOf } from '../../runtime/batches/log-window.ts';
import { defineMagic } from '../contract.ts';
import { completeBatches, findBatch } from './find-batch.ts';

/** Livy keeps 200 lines of each of the two outputs. */
const MAX_LINES = 1_000;

export const batchLog = defineMagic({
  name: 'batch',
  action: 'log',
  kinds: ['line'],
  summary: "Prints the newest lines of a batch's log, Spark's own messages included.",
  positional: ['id'],
  args: z.object({
    id: z.string().min(1).describe('Id or name of the batch.'),
    lines: z.int().positive().max(MAX_LINES).default(100).describe('How many lines.')
  }),
  examples: ['%batch log 0', '%batch log 0 --lines 400'],
  complete: (argument, runtime) =>
    argument === 'id' ? completeBatches(runtime) : Promise.resolve([]),
  async run({ id, lines }, _body, context) {
    const { runtime, display, signal } = context;
    const batch = await findBatch(id, context);
    const page = await (await runtime.batches()).batchLog(batch.id, -1, lines, signal);
    const log = contentOf(page.lines);
    display.stdout(log.length === 0 ? 'The log is empty.\n' : `${log.join('\n')}\n`);
  }
});
