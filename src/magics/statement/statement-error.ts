import type { StatementOutput } from '../../runtime/livy/port.ts';
import { HeadraceError } from '../../shared/errors.ts';

type FailedOutput = Extract<StatementOutput, { readonly status: 'error' }>;

/** Livy's words for Scala that ends in the middle of an expression. */
const INCOMPLETE = 'incomplete statement';

/** The error of the user's own code, with its own name and the traceback that the driver trimmed. */
export function statementError(output: FailedOutput): HeadraceError {
  const { ename, evalue, traceback } = output;
  if (evalue.trim() === INCOMPLETE)
    return new HeadraceError('HR_STATEMENT', 'The Scala code ends before it is complete', {
      why: 'a bracket, a string or a comment is still open',
      next: 'Close it and run the cell again.'
    });
  return new HeadraceError('HR_STATEMENT', evalue, { ename, traceback });
}
