import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { batchLabel, completeBatches, findBatch } from './find-batch.ts';
import { followToEnd } from './follow-to-end.ts';

export const batchFollow = defineMagic({
  name: 'batch',
  action: 'follow',
  kinds: ['line'],
  summary: 'Shows the log of a batch until its end; the cell fails if the batch does.',
  positional: ['id'],
  args: z.object({ id: z.string().min(1).describe('Id or name of the batch.') }),
  examples: ['%batch follow 0'],
  complete: (_argument, runtime) => completeBatches(runtime),
  async run({ id }, _body, context) {
    const batch = await findBatch(id, context);
    const label = batchLabel(batch, context.runtime);
    await followToEnd({ id: batch.id, label, detach: true, timeoutMs: null }, context);
  }
});
