import { z } from 'zod';
import { isInternalTopic } from '../../shared/names.ts';
import { defineMagic } from '../contract.ts';
import { formatCount } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';

export const topicList = defineMagic({
  name: 'topic',
  action: 'list',
  kinds: ['line'],
  summary: 'Lists the topics with their partitions and the records written to them.',
  args: z.object({
    internal: z
      .boolean()
      .default(false)
      .describe('Lists the topics of Headrace and of Kafka itself as well.')
  }),
  examples: ['%topic list'],
  async run({ internal }, _body, { runtime, display, signal }) {
    const { admin } = await runtime.kafka();
    const names = (await admin.listTopics(signal))
      .filter(name => internal || !isInternalTopic(name))
      .toSorted();
    if (names.length === 0) {
      display.stdout('There are no topics. Create one with %topic create NAME.\n');
      return;
    }
    const ends = await admin.endOffsets(names, signal);
    display.show(
      tableBundle({
        columns: [
          { name: 'topic' },
          { name: 'partitions', numeric: true },
          { name: 'end offsets', numeric: true }
        ],
        rows: names.map(name => {
          const offsets = ends.get(name) ?? [];
          return [name, formatCount(offsets.length), formatCount(sum(offsets))];
        })
      })
    );
  }
});

function sum(offsets: readonly bigint[]): number {
  return Number(offsets.reduce((total, offset) => total + offset, 0n));
}
