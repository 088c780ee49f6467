import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { tableBundle } from '../output/table.ts';
import { findSummary } from './find-summary.ts';
import { completeSessions } from '../statement/session-argument.ts';
import { runningStreams } from '../statement/running-session.ts';

export const sessionInfo = defineMagic({
  name: 'session',
  action: 'info',
  kinds: ['line'],
  summary: 'Shows all that is known of a session.',
  positional: ['name'],
  args: z.object({
    name: z.string().min(1).optional().describe('Name or id; the session of the cells if absent.')
  }),
  examples: ['%session info', '%session info etl'],
  complete: (_argument, runtime) => completeSessions(runtime),
  async run({ name }, _body, context) {
    const { runtime, display } = context;
    const { session, shortName, isCurrent } = await findSummary(name, context);
    const streams = shortName === null ? [] : await runningStreams(context, shortName);
    const rows = [
      ['name', shortName ?? session.name ?? ''],
      ['name in Livy', session.name ?? ''],
      ['id', String(session.id)],
      ['state', session.state],
      ['kind', session.kind],
      ['cells run in it', isCurrent ? 'yes' : 'no'],
      ['streams', streams.map(stream => stream.name).join(', ')],
      ['Livy', runtime.endpoints?.livyUrl ?? '']
    ];
    display.show(
      tableBundle({
        columns: [{ name: 'what' }, { name: 'value' }],
        rows: rows.filter(([, value]) => value !== '')
      })
    );
  }
});
