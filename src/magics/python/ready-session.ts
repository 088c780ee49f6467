import type { NotebookSession } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';

/** The session of the notebook, started with a line of progress where it does not run yet. */
export async function readySession(context: CellContext): Promise<NotebookSession> {
  const session = await context.runtime.session();
  if (session.current === null)
    await withProgress(context, {
      title: 'Starting the Spark session',
      work: onProgress => session.ensure(onProgress, context.signal),
      summary: (_session, elapsed) => `Spark session ready after ${elapsed}.`
    });
  return session;
}
