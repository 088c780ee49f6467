import { z } from 'zod';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { formatCount, formatDuration, formatPlural } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';

export const provisionStatus = defineMagic({
  name: 'provision',
  action: 'status',
  kinds: ['line'],
  summary:
    'Shows where this notebook is attached, and the parts of the local stack with their state.',
  args: z.object({}),
  examples: ['%provision status'],
  async run(_args, _body, context) {
    const { runtime, display, clock } = context;
    const { current } = runtime.targets;
    if (current !== null && current !== LOCAL_TARGET) return showTarget(current, context);
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

/** What the profile says and what runs elsewhere; asks nobody, so that it answers at once. */
async function showTarget(name: string, { runtime, display }: CellContext): Promise<void> {
  const { profiles, elsewhere } = runtime.targets;
  const profile = await profiles.read(name);
  if (profile === null) {
    display.stdout(`The profile ${name} that this notebook was on is gone. See %provision use.\n`);
    return;
  }
  const { brokers, kafkaAuth, livy, environment } = profile;
  const left = elsewhere.map(
    ({ target, streams, batches }) =>
      `${formatPlural(streams.length, 'stream')} and ${formatCount(batches.length)} batches in ${target}`
  );
  display.show(
    tableBundle({
      columns: [{ name: 'part' }, { name: 'address', long: true }, { name: 'detail' }],
      rows: [
        ['Kafka', brokers.join(', '), `authentication ${kafkaAuth.kind}`],
        ['Livy', livy.url, `${livy.type}, authentication ${livy.auth.kind}`],
        ...(environment === null ? [] : [['environment', environment.name, environment.region]])
      ],
      note: [`This notebook is on ${name}.`, ...left.map(each => `Left running: ${each}.`)].join(
        ' '
      )
    })
  );
}
