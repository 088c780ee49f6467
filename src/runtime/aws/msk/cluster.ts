import type { Cluster, ClusterState, Provisioned } from '@aws-sdk/client-kafka';
import { HeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { poll } from '../control/poll.ts';
import { isNotFound } from '../control/errors.ts';
import { clusterName } from './brokers.ts';
import type { MskSend } from './operations.ts';

/** An MSK cluster as it is now. */
export interface ClusterView {
  readonly arn: string;
  readonly name: string;
  readonly kind: 'provisioned' | 'serverless';
  readonly state: ClusterState | 'UNKNOWN';
  /** What MSK says of the state, such as why it failed. */
  readonly reason: string | null;
  /** Needed for every update. */
  readonly currentVersion: string;
  /** Null for serverless. */
  readonly kafkaVersion: string | null;
  readonly brokers: number | null;
  readonly publicAccess: boolean;
  /** ARN of an update that is under way. */
  readonly activeOperation: string | null;
}

export interface WaitOptions {
  readonly clock: Clock;
  /** Each state as it is seen. */
  readonly onState?: (cluster: ClusterView) => void;
  /** Milliseconds; defaults to 75 minutes: provisioned clusters usually take 15 to 40. */
  readonly limitMs?: number;
}

/** MSK answers a limited number of requests of an account; states change in minutes. */
const LOOK_MS = 15_000;
const LIMIT_MS = 75 * 60_000;

/** HR_ENVIRONMENT where there is no such cluster. https://docs.aws.amazon.com/msk/1.0/apireference/v2-clusters-clusterarn.html */
export async function describeCluster(
  send: MskSend,
  cluster: string,
  signal?: AbortSignal
): Promise<ClusterView> {
  try {
    const answer = await send('DescribeClusterV2', { ClusterArn: cluster }, signal);
    return viewOf(cluster, answer.ClusterInfo ?? {});
  } catch (error) {
    if (isNotFound(error)) throw gone(cluster, error);
    throw error;
  }
}

function viewOf(arn: string, info: Cluster): ClusterView {
  const { StateInfo: state } = info;
  return {
    arn,
    name: info.ClusterName ?? clusterName(arn),
    kind: info.ClusterType === 'SERVERLESS' ? 'serverless' : 'provisioned',
    state: info.State ?? 'UNKNOWN',
    reason: [state?.Code, state?.Message].filter(Boolean).join(': ') || null,
    currentVersion: info.CurrentVersion ?? '',
    activeOperation: info.ActiveOperationArn ?? null,
    ...brokersOf(info.Provisioned)
  };
}

function brokersOf(
  provisioned: Provisioned | undefined
): Pick<ClusterView, 'kafkaVersion' | 'brokers' | 'publicAccess'> {
  const access = provisioned?.BrokerNodeGroupInfo?.ConnectivityInfo?.PublicAccess?.Type;
  return {
    kafkaVersion: provisioned?.CurrentBrokerSoftwareInfo?.KafkaVersion ?? null,
    brokers: provisioned?.NumberOfBrokerNodes ?? null,
    publicAccess: access === PUBLIC_ACCESS
  };
}

/** The value of `PublicAccess.Type` when it is on. */
export const PUBLIC_ACCESS = 'SERVICE_PROVIDED_EIPS';

/**
 * Waits until the cluster is ACTIVE. Rejects with HR_ENVIRONMENT when it failed, is deleted or does not exist, and with
 * HR_TIMEOUT. https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html
 */
export async function waitForCluster(
  send: MskSend,
  cluster: string,
  options: WaitOptions,
  signal?: AbortSignal
): Promise<ClusterView> {
  return await poll(() => describeCluster(send, cluster, signal), isActive, {
    what: `the MSK cluster ${clusterName(cluster)}`,
    clock: options.clock,
    everyMs: LOOK_MS,
    limitMs: options.limitMs ?? LIMIT_MS,
    onSeen: options.onState,
    signal
  });
}

function isActive(cluster: ClusterView): boolean {
  if (cluster.state === 'FAILED' || cluster.state === 'DELETING') throw useless(cluster);
  return cluster.state === 'ACTIVE';
}

function useless({ name, state, reason }: ClusterView): HeadraceError {
  const failed = state === 'FAILED';
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The MSK cluster ${name} ${failed ? 'has failed' : 'is being deleted'}`,
    {
      ...(reason === null ? {} : { why: reason }),
      next: failed
        ? 'Destroy the environment and make it again.'
        : 'Wait until it is gone, then make the environment again.'
    }
  );
}

function gone(cluster: string, cause: unknown): HeadraceError {
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `There is no MSK cluster named ${clusterName(cluster)}`,
    {
      why: `nothing has the ARN ${cluster}`,
      next: 'Check the region and the account, or make the environment again.',
      cause
    }
  );
}
