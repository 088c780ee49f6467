import { HeadraceError } from '../../../shared/errors.ts';
import type { ResourceChange } from '../control/port.ts';

/** Resources whose replacement loses what people put into them. */
const CLUSTERS = ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'];
/** Machines of one's own whose disks hold topics: brokers, by the names that the template gives them. */
const MACHINE = 'AWS::EC2::Instance';
const BROKER = /^Broker\d+$/;

function isKafka({ type, logicalId }: ResourceChange): boolean {
  return CLUSTERS.includes(type) || (type === MACHINE && BROKER.test(logicalId));
}

/** What happens to a cluster, as the verb of a sentence; null where nothing is lost. */
function lossOf(change: ResourceChange): string | null {
  if (!isKafka(change)) return null;
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
      `This change would ${verb} the Kafka ${change.type === MACHINE ? 'broker' : 'cluster'} ${which} with all its topics`,
      {
        why: `${change.logicalId} in ${stack}`,
        next: 'Give the changed environment another --name, or destroy this one first; the cluster is left as it is.'
      }
    );
  }
  return null;
}

/** What holds nothing of its own: what it works on is in the bucket and in Kafka. */
const HOLDS_NOTHING = 'AWS::EMR::Cluster';

/** Whether what a resource held is lost, as it is made anew, or may be. */
export function losesContent(change: ResourceChange): boolean {
  return isReplacement(change) && change.type !== HOLDS_NOTHING;
}

/** Whether a change makes a resource anew, or may. */
export function isReplacement(change: ResourceChange): boolean {
  return change.action === 'Modify' && (change.replacement ?? 'False') !== 'False';
}
