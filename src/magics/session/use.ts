import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { completeSessions } from '../statement/session-argument.ts';

export const sessionUse = defineMagic({
  name: 'session',
  action: 'use',
  kinds: ['line'],
  summary: 'Runs the following cells in another session.',
  positional: ['name'],
  args: z.object({
    name: z
      .string()
      .min(1)
      .describe('A session of this notebook, or name or id of any session in %session list.')
  }),
  examples: ['%session use etl', '%session use main'],
  complete: (_argument, runtime) => completeSessions(runtime),
  async run({ name }, _body, { runtime, display, signal }) {
    const session = await (await runtime.sessions()).use(name, signal);
    display.stdout(`Cells run in the Spark session ${session.name} now.\n`);
  }
});
