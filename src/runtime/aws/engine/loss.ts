import { HeadraceError } from '../../../shared/errors.ts';
import type { ResourceChange } from '../control/port.ts';

/** Resources whose replacement loses what people put into them. */
const CLUSTERS = ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'];

/** What happens to a cluster, as the verb of a sentence; null where nothing is lost. */
function lossOf(change: ResourceChange): string | null {
  if (!CLUSTERS.includes(change.type)) return null;
  if (change.action === 'Remove') return 'delete';
  if (change.action === 'Modify' && change.replacement === 'True') return 'replace';
  const open = change.action === 'Dynamic' || change.replacement === 'Conditional';
  return open ? 'perhaps replace' : null;
}

/** The name in `arn:aws:kafka:…:cluster/NAME/UUID`. */
function nameOf({ physicalId, logicalId }: ResourceChange): string {
  return /:cluster\/([^/]+)\//.exec(physicalId ?? '')?.[1] ?? physicalId ?? logicalId;
}

/** Why these changes are not made: a Kafka cluster and its topics would be lost. Null where nothing is. */
export function lossRefusal(
  stack: string,
  changes: readonly ResourceChange[]
): HeadraceError | null {
  for (const change of changes) {
    const verb = lossOf(change);
    if (verb === null) continue;
    const which = nameOf(change);
    return new HeadraceError(
      'HR_ENVIRONMENT',
      `This change would ${verb} the Kafka cluster ${which} with all its topics`,
      {
        why: `${change.logicalId} in ${stack}`,
        next: 'Give the changed environment another --name, or destroy this one first; the cluster is left as it is.'
      }
    );
  }
  return null;
}

/** Whether a change makes a resource anew, or may. */
export function isReplacement(change: ResourceChange): boolean {
  return change.action === 'Modify' && (change.replacement ?? 'False') !== 'False';
}
