import { z } from 'zod';
import type { RecordFormat, StreamSource } from '../../runtime/streams/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { completeTopics, identifier, topicName } from '../parser/common-arguments.ts';
import { splitBody } from './cell-body.ts';
import { completeStream, startArgument, streamArguments, streamName } from './options.ts';
import { topicsOf } from './query-topics.ts';
import { runStream } from './run-stream.ts';
import { viewRequest } from './view-options.ts';

export const streamQuery = defineMagic({
  name: 'stream',
  kinds: ['cell'],
  summary: 'Runs one streaming SELECT over topics, written like tables, and shows its result live.',
  args: z.object({
    from: z
      .array(topicName)
      .default([])
      .describe('A topic of the query; may be repeated. Found in the query where it is left out.'),
    format: z
      .array(z.enum(['text', 'csv', 'json', 'clickstream']))
      .default(['json'])
      .describe(
        'Format of the records; one for all topics, or one for each --from. Default: json.'
      ),
    schema: z
      .array(z.string().min(1))
      .default([])
      .describe('Columns such as "ip STRING, n INT"; inferred from a sample where left out.'),
    start: startArgument,
    as: streamName,
    table: identifier.optional().describe('Spark table that every result row is appended to.'),
    ...streamArguments
  }),
  body: 'one SELECT; topics whose names are not plain words stand in backquotes. From the first line that begins with a brace on, a Vega-Lite specification; the name of its data is `rows`.',
  examples: [
    '%%stream --from blog-replay --format clickstream --as hits\nSELECT url, count(*) AS n FROM `blog-replay` GROUP BY url',
    '%%stream --format clickstream --as rate --window 5m\nSELECT window(recordtime, "10 seconds") AS at, url, count(*) AS n FROM visits GROUP BY 1, url',
    '%%stream --from orders --as spread --chart histogram --x amount\nSELECT amount FROM orders'
  ],
  complete: completeStream,
  async run(args, body, context) {
    const { text: query, spec } = splitBody(body ?? '');
    const text = query.trim().replace(/;$/, '');
    if (text === '')
      throw new HeadraceError('HR_USAGE', '%%stream has no query', {
        next: 'Write one SELECT below it.'
      });
    const { chart } = args;
    const view = await viewRequest(args, { chart, flag: '--chart', spec, cwd: context.cwd });
    const existing = args.from.length > 0 ? [] : await completeTopics(context.runtime);
    const topics = topicsOf(text, args.from, existing);
    await runStream(
      {
        spec: {
          name: args.as,
          sources: topics.map((topic, index) => source(topic, index, args)),
          query: { kind: 'sql', text },
          ...(args.table === undefined ? {} : { table: args.table }),
          from: args.start,
          mode: args.mode,
          maxRealTimeRate: args.maxRate
        },
        view: { title: args.as, ...view },
        bounds: args,
        follow: args.follow,
        stop: args.stop
      },
      context
    );
  }
});

interface Formats {
  readonly format: readonly RecordFormat[];
  readonly schema: readonly string[];
}

/** A list with fewer entries than topics goes on with its last one. */
function source(topic: string, index: number, { format, schema }: Formats): StreamSource {
  const ddl = schema[index] ?? schema.at(-1);
  return {
    topic,
    format: format[index] ?? format.at(-1) ?? 'json',
    ...(ddl === undefined ? {} : { schema: ddl })
  };
}
