import type { SessionSummary } from '../../runtime/session-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { suggestion } from '../parser/nearest.ts';

/**
 * A listed session by short name, name or id; without a name the one that cells run in.
 *
 * @throws HR_SESSION_NOT_FOUND with the nearest right name
 */
export async function findSummary(
  name: string | undefined,
  { runtime, signal }: CellContext
): Promise<SessionSummary> {
  const listed = await (await runtime.sessions()).list(signal);
  const found = listed.find(each =>
    name === undefined ? each.isCurrent : namesOf(each).includes(name)
  );
  if (found !== undefined) return found;
  if (name === undefined || listed.length === 0)
    throw new HeadraceError('HR_SESSION_NOT_FOUND', 'No Spark session runs', {
      next: 'The next cell with code starts one.'
    });
  throw new HeadraceError('HR_SESSION_NOT_FOUND', `There is no Spark session ${name}`, {
    next: `${suggestion(name, listed.map(labelOf))} %session list shows them.`
  });
}

/** What a person calls a session. */
export function labelOf({ session, shortName }: SessionSummary): string {
  return shortName ?? session.name ?? String(session.id);
}

function namesOf({ session, shortName }: SessionSummary): readonly string[] {
  return [shortName, session.name, String(session.id)].filter(name => name !== null);
}
