import { z } from 'zod';
import type { LineFormat } from '../../runtime/producers/line-source.ts';
import { identifier, ratePerSecond, topicName } from '../parser/common-arguments.ts';

/** Arguments that every form of `%produce` has. */
export const produceArguments = {
  topic: topicName.describe('Topic to write to.'),
  rate: ratePerSecond
    .optional()
    .describe('Records per second; without it as fast as the broker takes them.'),
  as: identifier.optional().describe('Name for %status and %stop.'),
  background: z
    .boolean()
    .default(false)
    .describe('Lets the cell end at once and goes on producing.')
};

/** Arguments of the forms that read lines of text. */
export const lineArguments = {
  key: z.string().optional().describe('Key of every record.'),
  keySeparator: z
    .string()
    .min(1)
    .optional()
    .describe('Text between key and value of a line, such as ":"; a line without it has no key.')
};

/** The line format that {@link lineArguments} ask for. */
export function lineFormat(args: {
  readonly key?: string | undefined;
  readonly keySeparator?: string | undefined;
}): LineFormat {
  return { key: args.key ?? null, keySeparator: args.keySeparator ?? null };
}
