import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { identifier, topicName } from '../parser/common-arguments.ts';
import { completeStream, startArgument, streamArguments, streamName } from './options.ts';
import { runStream } from './run-stream.ts';

export const streamClickstream = defineMagic({
  name: 'stream',
  action: 'clickstream',
  kinds: ['line'],
  summary: 'Parses the clickstream of a topic, shows it as a live table and keeps every row.',
  args: z.object({
    topic: topicName.describe('Topic of clickstream records.'),
    as: streamName.default('clickstream'),
    table: identifier.optional().describe('Spark table that every parsed row is appended to.'),
    from: startArgument,
    ...streamArguments
  }),
  examples: [
    '%stream clickstream --topic blog-replay --table csmessages',
    '%stream clickstream --topic blog-replay --as visits --from latest'
  ],
  complete: completeStream,
  run: (args, _body, context) =>
    runStream(
      {
        spec: {
          name: args.as,
          sources: [{ topic: args.topic, format: 'clickstream' }],
          query: { kind: 'rows' },
          ...(args.table === undefined ? {} : { table: args.table }),
          from: args.from,
          mode: args.mode,
          maxRealTimeRate: args.maxRate
        },
        view: { title: `Clickstream of ${args.topic}`, kind: 'table' },
        bounds: args,
        follow: args.follow,
        stop: args.stop
      },
      context
    )
});
