import { z } from 'zod';
import { MAIN_SESSION } from '../../runtime/session-port.ts';
import { defineMagic } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { sessionName } from '../statement/session-argument.ts';

export const sessionNew = defineMagic({
  name: 'session',
  action: 'new',
  kinds: ['line'],
  summary:
    'Starts a further Spark session with variables and views of its own, and runs cells in it.',
  positional: ['name'],
  args: z.object({ name: sessionName.describe('Name of the new session.') }),
  examples: ['%session new etl'],
  async run({ name }, _body, context) {
    const sessions = await context.runtime.sessions();
    await withProgress(context, {
      title: `Starting the Spark session ${name}`,
      work: onProgress => sessions.create(name, onProgress, context.signal),
      summary: (_session, elapsed) =>
        `Spark session ${name} ready after ${elapsed}. Cells run in it now; %session use ${MAIN_SESSION} goes back.`
    });
  }
});
