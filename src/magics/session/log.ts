import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { completeSessions, sessionName } from '../statement/session-argument.ts';
import { chosenSession } from './chosen-session.ts';

/** Livy keeps 200 lines of each of the two outputs. */
const MAX_LINES = 1_000;

export const sessionLog = defineMagic({
  name: 'session',
  action: 'log',
  kinds: ['line'],
  summary: 'Prints the newest lines of the log of a session.',
  positional: ['name'],
  args: z.object({
    name: sessionName
      .optional()
      .describe('A session of this notebook; the one of the cells if absent.'),
    lines: z.int().positive().max(MAX_LINES).default(50).describe('How many lines.')
  }),
  examples: ['%session log', '%session log etl --lines 200'],
  complete: (argument, runtime) =>
    argument === 'name' ? completeSessions(runtime) : Promise.resolve([]),
  async run({ name, lines }, _body, context) {
    const session = await chosenSession(name, context);
    const log = await session.log(lines, context.signal);
    context.display.stdout(log.length === 0 ? 'The log is empty.\n' : `${log.join('\n')}\n`);
  }
});
