import { MAIN_SESSION, type NotebookSession } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { findSession } from './find-session.ts';

/**
 * The session that cells run in, or the named one of this notebook, started with a line of progress where it
 * does not run yet.
 */
export async function readySession(context: CellContext, name?: string): Promise<NotebookSession> {
  const session =
    name === undefined ? await context.runtime.session() : await findSession(name, context);
  if (session.current === null)
    await withProgress(context, {
      title: `Starting the Spark session${session.name === MAIN_SESSION ? '' : ` ${session.name}`}`,
      work: onProgress => session.ensure(onProgress, context.signal),
      summary: (_session, elapsed) => `Spark session ready after ${elapsed}.`
    });
  return session;
}
