import { toHeadraceError, type HeadraceError } from '../shared/errors.ts';

/** The fields that an `error` message and a failed reply share. */
export interface ErrorContent extends Readonly<Record<string, unknown>> {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/**
 * An error as a person reads it in the notebook: the lines of their own code that a foreign runtime
 * named, then one line. No stack of this program is shown.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#execution-errors
 */
export function errorContent(thrown: unknown): ErrorContent {
  const error = toHeadraceError(thrown);
  const evalue = isForeign(error) ? error.message : error.line;
  const lines = error.traceback.map(line => line.trimEnd());
  const saysItself = lines.at(-1)?.includes(error.ename) === true;
  const last = saysItself ? [] : [`${error.ename}: ${evalue}`];
  return { ename: error.ename, evalue, traceback: [...lines, ...last] };
}

/** An error of the user's own program, in its own words: nothing of ours is added to it. */
function isForeign({ ename, code, why, next }: HeadraceError): boolean {
  return ename !== code && why === undefined && next === undefined;
}
