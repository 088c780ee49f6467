import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { formatCount } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';
import { completeTopics, topicName } from '../parser/common-arguments.ts';

export const topicDescribe = defineMagic({
  name: 'topic',
  action: 'describe',
  kinds: ['line'],
  summary: 'Shows the partitions, offsets and settings of a topic.',
  positional: ['name'],
  args: z.object({ name: topicName.describe('Name of the topic.') }),
  examples: ['%topic describe words'],
  complete: (_argument, runtime) => completeTopics(runtime),
  async run({ name }, _body, { runtime, display, signal }) {
    const { admin } = await runtime.kafka();
    const { partitions, config } = await admin.describeTopic(name, signal);
    const settings = Object.entries(config).map(([key, value]) => `${key}=${value}`);
    display.show(
      tableBundle({
        columns: ['partition', 'leader', 'replicas', 'in sync', 'earliest', 'latest'].map(
          column => ({ name: column, numeric: true })
        ),
        rows: partitions.map(partition => [
          String(partition.id),
          String(partition.leader),
          partition.replicas.join(', '),
          partition.isr.join(', '),
          formatCount(Number(partition.earliest)),
          formatCount(Number(partition.latest))
        ]),
        note: settings.length === 0 ? 'Settings: defaults.' : `Settings: ${settings.join(', ')}.`
      })
    );
  }
});
