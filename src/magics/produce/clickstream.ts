import { z } from 'zod';
import { createClickstreamSource } from '../../runtime/producers/clickstream-source.ts';
import { defineMagic } from '../contract.ts';
import { completeTopics } from '../parser/common-arguments.ts';
import { produce } from './produce.ts';
import { produceArguments } from './options.ts';

/** What the embedded broker keeps without filling an ordinary disk: about 6 GB of clickstream records. */
const MAX_COUNT = 100_000_000;

export const produceClickstream = defineMagic({
  name: 'produce',
  action: 'clickstream',
  kinds: ['line'],
  summary: 'Produces random visits of web pages as CSV recordtime,eventid,url,ip with the key ip.',
  args: z.object({
    ...produceArguments,
    count: z.int().positive().max(MAX_COUNT).default(1_000).describe('How many records.'),
    seed: z
      .int()
      .nonnegative()
      .max(0xffff_ffff)
      .default(1)
      .describe('The same seed gives the same pages and visitors in the same order.')
  }),
  examples: [
    '%produce clickstream --topic blog-replay --count 25',
    '%produce clickstream --topic blog-replay --rate 1000 --count 100000 --seed 7 --background'
  ],
  complete: (argument, runtime) =>
    argument === 'topic' ? completeTopics(runtime) : Promise.resolve([]),
  run: (args, _body, context) =>
    produce(
      {
        ...args,
        source: () =>
          createClickstreamSource({ count: args.count, seed: args.seed, clock: context.clock })
      },
      context
    )
});
