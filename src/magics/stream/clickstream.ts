import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { identifier, topicName } from '../parser/common-arguments.ts';
import { wholeSpec } from './cell-body.ts';
import { completeStream, startArgument, streamArguments, streamName } from './options.ts';
import { runStream } from './run-stream.ts';
import { viewRequest } from './view-options.ts';

export const streamClickstream = defineMagic({
  name: 'stream',
  action: 'clickstream',
  kinds: ['line', 'cell'],
  summary: 'Parses the clickstream of a topic, shows it as a live table and keeps every row.',
  args: z.object({
    topic: topicName.describe('Topic of clickstream records.'),
    as: streamName.default('clickstream'),
    table: identifier.optional().describe('Spark table that every parsed row is appended to.'),
    from: startArgument,
    ...streamArguments
  }),
  body: 'for the cell form, a Vega-Lite specification; the name of its data is `rows`.',
  examples: [
    '%stream clickstream --topic blog-replay --table csmessages',
    '%stream clickstream --topic blog-replay --as visits --from latest'
  ],
  complete: completeStream,
  async run(args, body, context) {
    const spec = wholeSpec(body, 'stream clickstream');
    const { chart } = args;
    const view = await viewRequest(args, { chart, flag: '--chart', spec, cwd: context.cwd });
    await runStream(
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
        view: { title: `Clickstream of ${args.topic}`, ...view },
        bounds: args,
        follow: args.follow,
        stop: args.stop
      },
      context
    );
  }
});
