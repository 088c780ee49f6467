import { z } from 'zod';
import { RELAY_SESSION, type SessionSummary } from '../../runtime/session-port.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { tableBundle } from '../output/table.ts';
import { runningStreams } from '../statement/running-session.ts';
import { byOwner } from './order.ts';

/** Marks the row of the session that cells run in. */
const CURRENT = '→';

/** Why there is a session that nobody asked for, and what it takes. */
const RELAY_NOTE = `${RELAY_SESSION} carries topics, records and results, since the brokers do not answer here: one driver with one core while this kernel runs, or until it was not needed for 15 minutes.`;

export const sessionList = defineMagic({
  name: 'session',
  action: 'list',
  kinds: ['line'],
  summary: 'Lists the Spark sessions with their state and the streams that run in them.',
  args: z.object({}),
  examples: ['%session list'],
  async run(_args, _body, context) {
    const { runtime, display, signal } = context;
    const listed = await (await runtime.sessions()).list(signal);
    if (listed.length === 0) {
      display.stdout('No Spark session runs. The next cell with code starts one.\n');
      return;
    }
    const others = listed.some(({ shortName }) => shortName === null);
    const relay = listed.some(({ shortName }) => shortName === RELAY_SESSION);
    const note = [
      `${CURRENT} cells run here.`,
      ...(relay ? [RELAY_NOTE] : []),
      ...(others ? ['Long names belong to other notebooks.'] : [])
    ].join(' ');
    display.show(
      tableBundle({
        columns: [
          { name: '' },
          { name: 'name' },
          { name: 'id', numeric: true },
          { name: 'kind' },
          { name: 'state' },
          { name: 'streams' }
        ],
        rows: await Promise.all(listed.toSorted(byOwner).map(each => row(each, context))),
        note
      })
    );
  }
});

async function row(
  { session, shortName, isCurrent }: SessionSummary,
  context: CellContext
): Promise<readonly string[]> {
  const streams = shortName === null ? [] : await runningStreams(context, shortName);
  return [
    isCurrent ? CURRENT : '',
    shortName ?? session.name ?? '',
    String(session.id),
    session.kind,
    session.state,
    streams.map(stream => stream.name).join(', ')
  ];
}
