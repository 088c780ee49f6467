import { HeadraceError } from '../../../shared/errors.ts';
import type { StackView } from '../control/port.ts';
import { TAGS } from '../environment/spec.ts';
import { isOnlyPlanned } from './statuses.ts';

/** Who wants to change or delete an environment. */
export interface Claim {
  readonly environment: string;
  /** Identity of the notebook. */
  readonly notebook: string;
  /** ARN of who asks. */
  readonly owner: string;
  /** Also what another notebook of the same owner has made. */
  readonly force: boolean;
}

function refused(message: string, why: string, next: string): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', message, { why, next });
}

/** Why a stack is not to be touched under this claim; null where it may be. */
export function refusalOf(stack: StackView, claim: Claim): HeadraceError | null {
  const environment = stack.tags[TAGS.environment];
  // A plan that was cut off may have left no tags, but it holds nothing either.
  if (isOnlyPlanned(stack) && environment === undefined) return null;
  if (environment !== claim.environment)
    return refused(
      `The stack ${stack.name} was not made by Headrace`,
      `it lacks the tag ${TAGS.environment}=${claim.environment}`,
      'Choose another --name; that stack is left as it is.'
    );
  if (stack.tags[TAGS.notebook] === claim.notebook) return null;
  const owner = stack.tags[TAGS.owner] ?? 'somebody unknown';
  if (claim.force && owner === claim.owner) return null;
  return refused(
    `The environment ${claim.environment} was made by another notebook`,
    `owner ${owner}`,
    owner === claim.owner
      ? 'Run this from that notebook, or add --force because it is yours.'
      : 'Ask its owner, or choose another --name.'
  );
}

/** Rejects with HR_ENVIRONMENT unless all of these stacks may be touched under the claim. */
export function assertOurs(stacks: readonly StackView[], claim: Claim): void {
  for (const stack of stacks) {
    const refusal = refusalOf(stack, claim);
    if (refusal !== null) throw refusal;
  }
}
