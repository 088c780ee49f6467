import { MAIN_SESSION, type SessionSummary } from '../../runtime/session-port.ts';

/** `main`, then the others of this notebook, then those of other notebooks, each by age. */
export function byOwner(left: SessionSummary, right: SessionSummary): number {
  return rank(left) - rank(right) || left.session.id - right.session.id;
}

function rank({ shortName }: SessionSummary): number {
  if (shortName === MAIN_SESSION) return 0;
  return shortName === null ? 2 : 1;
}
