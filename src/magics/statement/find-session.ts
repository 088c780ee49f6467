import { MAIN_SESSION, type NotebookSession } from '../../runtime/session-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { suggestion } from '../parser/nearest.ts';

/**
 * A session of this notebook by its short name. A misspelt name starts no session by accident.
 *
 * @throws HR_SESSION_NOT_FOUND with the nearest right name
 */
export async function findSession(
  name: string,
  { runtime, signal }: Pick<CellContext, 'runtime' | 'signal'>
): Promise<NotebookSession> {
  const sessions = await runtime.sessions();
  if (name === MAIN_SESSION || sessions.current.name === name) return sessions.named(name);
  const names = (await sessions.list(signal)).flatMap(({ shortName }) => shortName ?? []);
  if (names.includes(name)) return sessions.named(name);
  const known = [...new Set([MAIN_SESSION, ...names])];
  throw new HeadraceError('HR_SESSION_NOT_FOUND', `This notebook has no session named ${name}`, {
    next: `${suggestion(name, known)} %session new ${name} starts it.`
  });
}
