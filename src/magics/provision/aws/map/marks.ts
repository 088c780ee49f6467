import type { EnvironmentPlan, PlannedChange } from '../../../../runtime/aws/environments-port.ts';
import type { Layer } from '../../../../runtime/aws/environment/spec.ts';

/** What an apply does with a part. */
export type Mark = 'new' | 'changed' | 'replaced' | 'perhaps' | 'same';

/** The weightiest first: a part of several resources has the mark of the one that changes most. */
const WEIGHT: readonly Mark[] = ['replaced', 'perhaps', 'new', 'changed', 'same'];

/** The mark of a part that is made of resources whose logical ids begin so. */
export function markOfPart(
  { stacks }: Pick<EnvironmentPlan, 'stacks'>,
  layer: Layer,
  id: RegExp
): Mark {
  const marks = stacks
    .filter(stack => stack.layer === layer)
    .flatMap(({ changes }) => changes.filter(({ logicalId }) => id.test(logicalId)).map(markOf));
  return WEIGHT.find(mark => marks.includes(mark)) ?? 'same';
}

function markOf({ action, replacement }: PlannedChange): Mark {
  if (action === 'Add' || action === 'Import') return 'new';
  if (replacement === 'True') return 'replaced';
  return replacement === 'Conditional' ? 'perhaps' : 'changed';
}
