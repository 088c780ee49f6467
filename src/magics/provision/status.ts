import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { formatDuration, formatPlural } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';

export const provisionStatus = defineMagic({
  name: 'provision',
  action: 'status',
  kinds: ['line'],
  summary: 'Lists the parts of the local stack and their state.',
  args: z.object({}),
  examples: ['%provision status'],
  async run(_args, _body, { runtime, display, clock }) {
    const status = await runtime.stack.status();
    if (!status.running) {
      display.stdout('The local stack does not run. Start it with %provision local.\n');
      return;
    }
    const since =
      status.startedAt === null ? '' : ` since ${formatDuration(clock.now() - status.startedAt)}`;
    display.show(
      tableBundle({
        columns: [{ name: 'part' }, { name: 'state' }, { name: 'detail' }],
        rows: status.parts.map(part => [part.name, part.state, part.detail]),
        note: `Runs${since}; used by ${formatPlural(status.leases, 'notebook')}.`
      })
    );
  }
});
