import type { NotebookSession } from '../../runtime/session-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { findSession } from '../statement/find-session.ts';

/**
 * The named session of this notebook, or the one that cells run in; it must have started.
 *
 * @throws HR_SESSION_NOT_FOUND where it has not
 */
export async function chosenSession(
  name: string | undefined,
  context: CellContext
): Promise<NotebookSession> {
  const sessions = await context.runtime.sessions();
  const session = name === undefined ? sessions.current : await findSession(name, context);
  const listed = await sessions.list(context.signal);
  if (session.current !== null || listed.some(({ shortName }) => shortName === session.name))
    return session;
  throw new HeadraceError('HR_SESSION_NOT_FOUND', `The session ${session.name} is not started`, {
    next: 'The next cell with code starts it.'
  });
}
