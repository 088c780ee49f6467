import { HeadraceError } from '../../shared/errors.ts';
import { MAIN_SESSION } from '../session-port.ts';

/** Short names of further sessions; a name of digits alone would be an id. */
const SHORT_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;

/** The name at the endpoint of a notebook's session, by which a new kernel finds it again. */
export function livyName(notebook: string, shortName: string): string {
  const base = `headrace-${notebook}`;
  return shortName === MAIN_SESSION ? base : `${base}-${shortName}`;
}

/** The short name behind a name at the endpoint, or null where it belongs to no session of this notebook. */
export function shortNameOf(notebook: string, name: string | null): string | null {
  const base = livyName(notebook, MAIN_SESSION);
  if (name === base) return MAIN_SESSION;
  const rest = name?.startsWith(`${base}-`) === true ? name.slice(base.length + 1) : '';
  return SHORT_NAME.test(rest) ? rest : null;
}

/** Rejects a name that a session cannot have with HR_USAGE. */
export function requireShortName(name: string): void {
  if (SHORT_NAME.test(name)) return;
  throw new HeadraceError('HR_USAGE', `A session cannot be named ${JSON.stringify(name)}`, {
    why: 'a name begins with a letter and goes on with letters, digits, _ and -, 32 at most'
  });
}
