import { z } from 'zod';
import { hasBatchEnded } from '../../runtime/batches/follow-batch.ts';
import { defineMagic } from '../contract.ts';
import { batchLabel, completeBatches, findBatch } from './find-batch.ts';

export const batchStop = defineMagic({
  name: 'batch',
  action: 'stop',
  kinds: ['line'],
  summary: 'Ends a batch where it runs, and forgets it with its log.',
  positional: ['id'],
  args: z.object({ id: z.string().min(1).describe('Id or name of the batch.') }),
  examples: ['%batch stop 0'],
  complete: (_argument, runtime) => completeBatches(runtime),
  async run({ id }, _body, context) {
    const { runtime, display, signal } = context;
    const batch = await findBatch(id, context);
    const label = batchLabel(batch, runtime);
    await (await runtime.batches()).deleteBatch(batch.id, signal);
    const verb = hasBatchEnded(batch.state) ? 'Removed' : 'Ended';
    display.stdout(`${verb} batch ${batch.id}, ${label}; its log is gone. %submit runs it anew.\n`);
  }
});
