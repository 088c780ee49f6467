import type { ResourceChange } from '../control/port.ts';
import type { Template } from '../template/types.ts';

/** JSON with sorted keys, so that the order in which CloudFormation gives them back does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  );
}

function change(action: ResourceChange['action'], logicalId: string, type: string): ResourceChange {
  return { action, logicalId, physicalId: null, type, replacement: null };
}

/**
 * What a new template changes by itself, for a stack that no change set can be made for yet. Whether a change replaces a
 * resource is not known then, nor what follows from the values of parameters.
 */
export function templateChanges(old: Template | null, wanted: Template): ResourceChange[] {
  const before = old?.Resources ?? {};
  const changes = Object.entries(wanted.Resources).flatMap(([logicalId, resource]) => {
    const was = before[logicalId];
    if (was === undefined) return [change('Add', logicalId, resource.Type)];
    if (was.Type !== resource.Type)
      return [change('Remove', logicalId, was.Type), change('Add', logicalId, resource.Type)];
    return canonical(was) === canonical(resource)
      ? []
      : [change('Modify', logicalId, resource.Type)];
  });
  const removed = Object.entries(before)
    .filter(([logicalId]) => wanted.Resources[logicalId] === undefined)
    .map(([logicalId, resource]) => change('Remove', logicalId, resource.Type));
  return [...changes, ...removed];
}
