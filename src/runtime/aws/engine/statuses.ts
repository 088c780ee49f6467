import type { StackView } from '../control/port.ts';

/** A stack that was planned and never made: it has no resources and costs nothing. */
export function isOnlyPlanned(stack: StackView): boolean {
  return stack.status === 'REVIEW_IN_PROGRESS';
}

/** CloudFormation is at work on it. */
export function isWorking(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

export function isGone(stack: StackView | null): stack is null {
  return stack === null || stack.status === 'DELETE_COMPLETE';
}

/** It is what was asked for, and can be used. */
export function isReady(status: string): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(status);
}

/** It stands and can be used, though the last change was taken back. */
export function isStanding(status: string): boolean {
  return isReady(status) || status === 'UPDATE_ROLLBACK_COMPLETE';
}

/** Its creation failed: it can only be deleted. */
export function isStillborn(status: string): boolean {
  return ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'].includes(status);
}

/** What `apply` does next with a stack in this state. */
export type NextStep = 'create' | 'update' | 'join' | 'remove' | 'refuse';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
export function nextStep(stack: StackView | null): NextStep {
  if (isGone(stack) || isOnlyPlanned(stack)) return 'create';
  if (isWorking(stack.status)) return 'join';
  if (isStillborn(stack.status)) return 'remove';
  return isStanding(stack.status) ? 'update' : 'refuse';
}
