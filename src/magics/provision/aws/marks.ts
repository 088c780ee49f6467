import type { EnvironmentPlan, PlannedChange } from '../../../runtime/aws/environments-port.ts';
import type { Layer } from '../../../runtime/aws/environment/spec.ts';

/** What an apply does with a resource; `perhaps` is up to values that are known at the apply only. */
export type ChangeMark = 'new' | 'changed' | 'replaced' | 'perhaps' | 'deleted';
/** What an apply does with a part. */
export type Mark = Exclude<ChangeMark, 'deleted'> | 'same';

/** The marks as text. */
export const SIGNS: Readonly<Record<ChangeMark, string>> = {
  new: '+',
  changed: '~',
  replaced: 'replace',
  perhaps: 'replace?',
  deleted: '-'
};

/** The weightiest first: a part of several resources has the mark of the one that changes most. */
const WEIGHT: readonly Mark[] = ['replaced', 'perhaps', 'new', 'changed', 'same'];

export function markOf({ action, replacement }: PlannedChange): ChangeMark {
  if (action === 'Add' || action === 'Import') return 'new';
  if (action === 'Remove') return 'deleted';
  if (replacement === 'True') return 'replaced';
  return replacement === 'Conditional' ? 'perhaps' : 'changed';
}

/** The mark of a part that is made of resources whose logical ids begin so. */
export function markOfPart(
  { stacks }: Pick<EnvironmentPlan, 'stacks'>,
  layer: Layer,
  id: RegExp
): Mark {
  const marks = stacks
    .filter(stack => stack.layer === layer)
    .flatMap(({ changes }) => changes.filter(({ logicalId }) => id.test(logicalId)).map(markOf))
    // A part that loses a resource is there still.
    .map((mark): Mark => (mark === 'deleted' ? 'changed' : mark));
  return WEIGHT.find(mark => marks.includes(mark)) ?? 'same';
}
