import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { topicName } from '../parser/common-arguments.ts';
import { completeStream, startArgument, streamArguments, streamName } from './options.ts';
import { runStream } from './run-stream.ts';

/** More bars than this cannot be read. */
const MAX_TOP = 100;

export const streamWordCount = defineMagic({
  name: 'stream',
  action: 'wordcount',
  kinds: ['line'],
  summary: 'Counts the words of a topic live and shows the most frequent ones as bars.',
  args: z.object({
    topic: topicName.describe('Topic of text records.'),
    as: streamName.default('wordcount'),
    from: startArgument,
    top: z.int().positive().max(MAX_TOP).default(20).describe('How many words the view shows.'),
    ...streamArguments
  }),
  examples: [
    '%stream wordcount --topic words --as counts',
    '%stream wordcount --topic words --as counts --top 10 --until-seconds 30'
  ],
  complete: completeStream,
  run: (args, _body, context) =>
    runStream(
      {
        spec: {
          name: args.as,
          sources: [{ topic: args.topic, format: 'text' }],
          query: { kind: 'wordcount' },
          from: args.from,
          mode: args.mode,
          maxRealTimeRate: args.maxRate
        },
        view: { title: `Word count of ${args.topic}`, kind: 'bars', limit: args.top },
        bounds: args,
        follow: args.follow,
        stop: args.stop
      },
      context
    )
});
