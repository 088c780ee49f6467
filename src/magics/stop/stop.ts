import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { endProducer } from '../../runtime/inventory/ends.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { formatPlural } from '../output/format.ts';
import { completeStreams } from '../parser/common-arguments.ts';
import { suggestion } from '../parser/nearest.ts';

export const stop = defineMagic({
  name: 'stop',
  kinds: ['line'],
  summary: 'Stops streams and producers by name, or all of this notebook.',
  positional: ['names...'],
  args: z.object({
    names: z.array(z.string()).default([]).describe('Names of streams and producers.'),
    all: z.boolean().default(false).describe('Stops all of them.'),
    purge: z
      .boolean()
      .default(false)
      .describe('Forgets the results and the checkpoint of the streams, so that they start anew.')
  }),
  examples: ['%stop counts', '%stop --all --purge'],
  complete: async (argument, runtime) =>
    argument === 'names' ? [...(await completeStreams(runtime)), ...runningProducers(runtime)] : [],
  async run({ names, all, purge }, _body, context) {
    if (names.length > 0 === all)
      throw new HeadraceError('HR_USAGE', '%stop takes names or --all, one of the two', {
        next: 'Write %stop NAME or %stop --all.'
      });
    const wanted = all ? runningProducers(context.runtime) : names;
    const producers = wanted.filter(name => context.runtime.producers.get(name) !== undefined);
    const others = names.filter(name => !producers.includes(name));
    const ended = await stopProducers(producers, context);
    const streams = all || others.length > 0 ? await stopStreams(all, others, purge, context) : [];
    const lines = [...streams.map(name => `stream ${name}`), ...ended];
    context.display.stdout(
      lines.length === 0 ? 'Nothing runs.\n' : `Stopped ${lines.join(', ')}.\n`
    );
  }
});

function runningProducers({ producers }: NotebookRuntime): readonly string[] {
  return producers
    .list()
    .filter(run => run.progress().state === 'running')
    .map(run => run.name);
}

async function stopProducers(
  names: readonly string[],
  { runtime }: CellContext
): Promise<string[]> {
  return Promise.all(
    names.map(async name => {
      const run = runtime.producers.get(name);
      if (run !== undefined) await endProducer(run);
      return `producer ${name} (${formatPlural(run?.progress().sent ?? 0, 'record')} acknowledged)`;
    })
  );
}

async function stopStreams(
  all: boolean,
  names: readonly string[],
  purge: boolean,
  { runtime, signal }: CellContext
): Promise<readonly string[]> {
  const streams = await runtime.streams();
  const known = streams.list().map(stream => stream.name);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new HeadraceError('HR_STREAM_NOT_FOUND', `No stream or producer is named ${unknown}`, {
      next: known.length === 0 ? 'None runs in this notebook.' : suggestion(unknown, known)
    });
  return streams.stop(all ? 'all' : names, { purge }, signal);
}
