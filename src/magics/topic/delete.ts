import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { completeTopics, topicName } from '../parser/common-arguments.ts';

export const topicDelete = defineMagic({
  name: 'topic',
  action: 'delete',
  kinds: ['line'],
  summary: 'Deletes topics with all of their records, without asking.',
  positional: ['names...'],
  args: z.object({ names: z.array(topicName).min(1).describe('Names of the topics.') }),
  examples: ['%topic delete words'],
  complete: (_argument, runtime) => completeTopics(runtime),
  async run({ names }, _body, { runtime, display, signal }) {
    const { admin } = await runtime.kafka();
    await admin.deleteTopics(names, signal);
    display.stdout(`Deleted ${names.join(', ')}.\n`);
  }
});
