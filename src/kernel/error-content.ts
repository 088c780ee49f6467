import { toHeadraceError } from '../shared/errors.ts';

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
  return {
    ename: error.ename,
    evalue: error.line,
    traceback: [...error.traceback, `${error.ename}: ${error.line}`]
  };
}
