import { z } from 'zod';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { completeStreams } from '../parser/common-arguments.ts';
import { suggestion } from '../parser/nearest.ts';
import { wholeSpec } from '../stream/cell-body.ts';
import { openView } from '../stream/open-view.ts';
import { chartArgument, completeView, viewArguments, viewRequest } from '../stream/view-options.ts';

export const chart = defineMagic({
  name: 'chart',
  kinds: ['line', 'cell'],
  summary:
    'Opens one more live view of a stream; the cell form draws it by a Vega-Lite specification.',
  positional: ['stream'],
  args: z.object({
    stream: z.string().describe('Name of the stream.'),
    kind: chartArgument,
    title: z.string().min(1).optional().describe('What stands above the view.'),
    ...viewArguments
  }),
  body: 'for the cell form, a Vega-Lite specification; the name of its data is `rows`.',
  examples: [
    '%chart counts --kind number',
    '%chart hits --kind line --window 5m --series url',
    '%%chart counts\n{ "mark": "point", "encoding": { "x": { "field": "n", "type": "quantitative" } } }'
  ],
  complete: (argument, runtime) =>
    argument === 'stream' ? completeStreams(runtime) : completeView(argument, runtime),
  async run(args, body, context) {
    const spec = wholeSpec(body, 'chart NAME');
    const source = { chart: args.kind, flag: '--kind', spec, cwd: context.cwd };
    const request = await viewRequest(args, source);
    const stream = await findStream(args.stream, context);
    const live = await openView(stream, { ...request, title: args.title }, context);
    // Nobody watches it move, and the kernel may end with this cell: the present is what is left.
    if (!context.interactive) await live.finish();
  }
});

/** @throws HR_STREAM_NOT_FOUND with the nearest name */
async function findStream(name: string, { runtime }: CellContext): Promise<StreamHandle> {
  const streams = await runtime.streams();
  const found = streams.get(name);
  if (found !== undefined) return found;
  const known = streams.list().map(stream => stream.name);
  throw new HeadraceError('HR_STREAM_NOT_FOUND', `No stream is named ${name}`, {
    next:
      known.length === 0
        ? 'None runs in this notebook: start one with %stream.'
        : suggestion(name, known)
  });
}
