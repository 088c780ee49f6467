import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { topicName } from '../parser/common-arguments.ts';
import { wholeSpec } from './cell-body.ts';
import { completeStream, startArgument, streamArguments, streamName } from './options.ts';
import { runStream } from './run-stream.ts';
import { viewRequest } from './view-options.ts';

export const streamWordCount = defineMagic({
  name: 'stream',
  action: 'wordcount',
  kinds: ['line', 'cell'],
  summary: 'Counts the words of a topic live and shows the most frequent ones as bars.',
  args: z.object({
    topic: topicName.describe('Topic of text records.'),
    as: streamName.default('wordcount'),
    from: startArgument,
    ...streamArguments
  }),
  body: 'for the cell form, a Vega-Lite specification; the name of its data is `rows`.',
  examples: [
    '%stream wordcount --topic words --as counts',
    '%stream wordcount --topic words --as counts --top 10 --until-seconds 30',
    '%%stream wordcount --topic words\n{ "mark": "bar", "encoding": { "x": { "field": "n", "type": "quantitative" }, "y": { "field": "word", "sort": null } } }'
  ],
  complete: completeStream,
  async run(args, body, context) {
    const spec = wholeSpec(body, 'stream wordcount');
    const { chart } = args;
    const view = await viewRequest(args, { chart, flag: '--chart', spec, cwd: context.cwd });
    await runStream(
      {
        spec: {
          name: args.as,
          sources: [{ topic: args.topic, format: 'text' }],
          query: { kind: 'wordcount' },
          from: args.from,
          mode: args.mode,
          maxRealTimeRate: args.maxRate
        },
        view: { title: `Word count of ${args.topic}`, ...view },
        bounds: args,
        follow: args.follow,
        stop: args.stop
      },
      context
    );
  }
});
