import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { formatDuration } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';

export const batchList = defineMagic({
  name: 'batch',
  action: 'list',
  kinds: ['line'],
  summary:
    'Lists the batches of the Livy endpoint with their state; on AWS the jobs of EMR, as %job list.',
  args: z.object({}),
  examples: ['%batch list'],
  async run(_args, _body, { runtime, display, signal, clock }) {
    const listed = await (await runtime.batches()).listBatches(signal);
    if (listed.length === 0) {
      display.stdout('There are no batches. Run one with %submit FILE.\n');
      return;
    }
    const now = clock.now();
    display.show(
      tableBundle({
        columns: [
          { name: 'id', numeric: true },
          { name: 'file' },
          { name: 'name' },
          { name: 'state' },
          { name: 'submitted' }
        ],
        rows: listed.map(({ id, name, state }) => {
          const own = runtime.submittedBatches.find(batch => batch.id === id);
          const age = own === undefined ? '' : `${formatDuration(now - own.startedAt)} ago`;
          return [String(id), own?.file ?? 'of another notebook', name ?? '', state, age];
        })
      })
    );
  }
});
