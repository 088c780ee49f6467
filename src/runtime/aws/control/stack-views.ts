import type {
  Change,
  DescribeChangeSetOutput,
  Stack,
  StackEvent,
  StackResource
} from '@aws-sdk/client-cloudformation';
import type {
  ChangeSetView,
  ResourceChange,
  StackEventView,
  StackResourceView,
  StackView
} from './port.ts';

const ACTIONS = ['Add', 'Modify', 'Remove', 'Import', 'Dynamic'] as const;
const REPLACEMENTS = ['True', 'False', 'Conditional'] as const;

function pairs(
  list: readonly { readonly key: string | undefined; readonly value: string | undefined }[]
) {
  return Object.fromEntries(
    list.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? '']]))
  );
}

/** A stack as the SDK describes it. */
export function stackView(stack: Stack): StackView {
  return {
    id: stack.StackId ?? stack.StackName ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? 'UNKNOWN',
    reason: stack.StackStatusReason ?? null,
    outputs: pairs(
      (stack.Outputs ?? []).map(one => ({ key: one.OutputKey, value: one.OutputValue }))
    ),
    tags: pairs((stack.Tags ?? []).map(one => ({ key: one.Key, value: one.Value })))
  };
}

/** A resource of a stack. */
export function resourceView(resource: StackResource): StackResourceView {
  return {
    logicalId: resource.LogicalResourceId ?? '',
    physicalId: resource.PhysicalResourceId ?? null,
    type: resource.ResourceType ?? '',
    status: resource.ResourceStatus ?? 'UNKNOWN',
    reason: resource.ResourceStatusReason ?? null
  };
}

/** An event of a stack. */
export function eventView(event: StackEvent): StackEventView {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp?.getTime() ?? 0,
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? 'UNKNOWN',
    reason: event.ResourceStatusReason ?? null
  };
}

function changeView(change: Change): ResourceChange[] {
  const of = change.ResourceChange;
  const action = ACTIONS.find(one => one === of?.Action);
  if (of === undefined || action === undefined) return [];
  return [
    {
      action,
      logicalId: of.LogicalResourceId ?? '',
      physicalId: of.PhysicalResourceId ?? null,
      type: of.ResourceType ?? '',
      replacement: REPLACEMENTS.find(one => one === of.Replacement) ?? null
    }
  ];
}

/** A change set with the changes of all its pages. */
export function changeSetView(
  described: DescribeChangeSetOutput,
  changes: readonly Change[]
): ChangeSetView {
  return {
    id: described.ChangeSetId ?? '',
    stackId: described.StackId ?? '',
    status: described.Status ?? 'UNKNOWN',
    reason: described.StatusReason ?? null,
    changes: changes.flatMap(changeView)
  };
}

/**
 * Whether a change set failed only because it would change nothing. CloudFormation has no code for it, only these
 * sentences. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-create.html
 */
export function isUnchanged(changeSet: Pick<ChangeSetView, 'status' | 'reason'>): boolean {
  return (
    changeSet.status === 'FAILED' &&
    /didn't contain changes|no updates are to be performed/i.test(changeSet.reason ?? '')
  );
}
