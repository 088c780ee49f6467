import type { Cluster } from '@aws-sdk/client-emr';
import { HeadraceError } from '../../../../shared/errors.ts';
import type { EmrSend } from './operations.ts';

/** The node on which Livy runs. */
export interface PrimaryNode {
  /** `i-…`, as Session Manager calls it. */
  readonly instance: string;
  /** Name inside the VPC. */
  readonly host: string;
}

const UP: readonly string[] = ['RUNNING', 'WAITING'];
const COMING: readonly string[] = ['STARTING', 'BOOTSTRAPPING'];

/**
 * The primary node of an EMR cluster; with three of them the first, each of which has Livy. HR_ENVIRONMENT where the
 * cluster is not up. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-overview.html
 */
export async function primaryNode(
  send: EmrSend,
  cluster: string,
  signal?: AbortSignal
): Promise<PrimaryNode> {
  const { Cluster: found } = await send('DescribeCluster', { ClusterId: cluster }, signal);
  if (!UP.includes(found?.Status?.State ?? '')) throw notUp(cluster, found);
  const which =
    found?.InstanceCollectionType === 'INSTANCE_FLEET'
      ? ({ InstanceFleetType: 'MASTER' } as const)
      : { InstanceGroupTypes: ['MASTER' as const] };
  const request = { ClusterId: cluster, ...which, InstanceStates: ['RUNNING' as const] };
  const { Instances: [node] = [] } = await send('ListInstances', request, signal);
  if (node?.Ec2InstanceId === undefined) throw noNode(cluster);
  return { instance: node.Ec2InstanceId, host: node.PrivateDnsName ?? node.PrivateIpAddress ?? '' };
}

function notUp(cluster: string, found: Cluster | undefined): HeadraceError {
  const state = found?.Status?.State ?? 'unknown';
  const message = found?.Status?.StateChangeReason?.Message;
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The EMR cluster ${cluster} is not up: ${state.toLowerCase().replaceAll('_', ' ')}`,
    {
      ...(message === undefined || message === '' ? {} : { why: message.replace(/\.$/, '') }),
      next: COMING.includes(state)
        ? 'Wait until it is ready.'
        : 'Make it again with %provision aws --apply.'
    }
  );
}

function noNode(cluster: string): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The EMR cluster ${cluster} has no primary node`, {
    why: 'none of its machines of that kind runs',
    next: 'Look at the cluster with %provision aws --status.'
  });
}
