import { HeadraceError } from '../../../shared/errors.ts';
import type { StackView } from '../control/port.ts';
import { reasonOf } from './reasons.ts';

/** The error for a stack that can neither be changed nor be made anew as it is. */
export function stuckError(environment: string, stack: StackView): HeadraceError {
  const deletion = stack.status === 'DELETE_FAILED';
  return new HeadraceError(
    'HR_ENVIRONMENT',
    deletion
      ? `The stack ${stack.name} is half deleted`
      : `The stack ${stack.name} cannot be changed in the state ${stack.status}`,
    {
      ...(stack.reason === null ? {} : { why: reasonOf(stack.reason).why }),
      next: deletion
        ? `Run %provision aws --destroy ${environment}, which goes on with it.`
        : `Run %provision aws --destroy ${environment} and make it anew, or continue its rollback in the CloudFormation console.`
    }
  );
}
