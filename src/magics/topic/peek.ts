import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { formatCount, formatPlural, formatTime } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';
import { completeTopics, topicName } from '../parser/common-arguments.ts';

/** A cell is for looking, not for exporting. */
const MAX_COUNT = 1_000;

export const topicPeek = defineMagic({
  name: 'topic',
  action: 'peek',
  kinds: ['line'],
  summary: 'Shows the newest records of a topic without taking them away from anyone.',
  positional: ['name'],
  args: z.object({
    name: topicName.describe('Name of the topic.'),
    count: z.int().positive().max(MAX_COUNT).default(10).describe('How many records.')
  }),
  examples: ['%topic peek words', '%topic peek words --count 50'],
  complete: (argument, runtime) =>
    argument === 'name' ? completeTopics(runtime) : Promise.resolve([]),
  async run({ name, count }, _body, { runtime, display, signal }) {
    const kafka = await runtime.kafka();
    const records = (await kafka.peek(name, count, signal)).slice(-count);
    if (records.length === 0) {
      display.stdout(`Topic ${name} has no records.\n`);
      return;
    }
    display.show(
      tableBundle({
        columns: [
          { name: 'partition', numeric: true },
          { name: 'offset', numeric: true },
          { name: 'time (UTC)' },
          { name: 'key' },
          { name: 'value' }
        ],
        rows: records.map(record => [
          String(record.partition),
          formatCount(Number(record.offset)),
          formatTime(record.timestamp),
          record.key ?? '',
          record.value ?? '(tombstone)'
        ]),
        note: `The newest ${formatPlural(records.length, 'record')} of ${name}.`
      })
    );
  }
});
