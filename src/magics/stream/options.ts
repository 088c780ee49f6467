import { z } from 'zod';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { completeStreams, completeTopics, identifier } from '../parser/common-arguments.ts';
import { chartArgument, completeView, viewArguments } from './view-options.ts';

/**
 * Input records per second up to which real-time mode keeps up on a small machine: it writes one result
 * row per input row, and was measured to hold 20,000 a second on two cores with nothing else to do.
 */
const MAX_REAL_TIME_RATE = 5_000;

/** Arguments that every form of `%stream` has. */
export const streamArguments = {
  chart: chartArgument,
  ...viewArguments,
  mode: z
    .enum(['adaptive', 'real-time', 'micro-batch'])
    .default('adaptive')
    .describe(
      'How Spark runs the query; adaptive catches up by micro-batches and is live in real time.'
    ),
  maxRate: z
    .number()
    .positive()
    .default(MAX_REAL_TIME_RATE)
    .describe('Input records per second above which adaptive mode goes by micro-batches.'),
  untilRows: z.int().positive().optional().describe('Ends the cell after this many result rows.'),
  untilSeconds: z
    .number()
    .positive()
    .max(86_400)
    .optional()
    .describe('Ends the cell after this time.'),
  follow: z
    .boolean()
    .default(false)
    .describe('Keeps the cell running until the stream has been idle for 5 s, or for 60 s in all.'),
  stop: z.boolean().default(false).describe('Stops the stream when the cell ends.')
};

/** Where to start reading. */
export const startArgument = z
  .enum(['earliest', 'latest'])
  .default('earliest')
  .describe('Where in the topics a new stream starts.');

/** Handle of the stream. */
export const streamName = identifier.describe(
  'Name of the stream, of its SQL view, and for %stop.'
);

/** Topics, stream names and what a view takes, for the arguments of a stream. */
export function completeStream(
  argument: string,
  runtime: NotebookRuntime
): Promise<readonly string[]> {
  if (argument === 'topic' || argument === 'from') return completeTopics(runtime);
  return argument === 'as' ? completeStreams(runtime) : completeView(argument, runtime);
}
