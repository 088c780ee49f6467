import { HeadraceError } from '../../../shared/errors.ts';
import { poll } from '../control/poll.ts';
import {
  describeCluster,
  PUBLIC_ACCESS,
  waitForCluster,
  type ClusterView,
  type WaitOptions
} from './cluster.ts';
import type { MskSend } from './operations.ts';

const LOOK_MS = 15_000;
/** The brokers are restarted one after the other. */
const LIMIT_MS = 90 * 60_000;
/** https://docs.aws.amazon.com/msk/1.0/apireference/operations-clusteroperationarn.html */
const FAILED = /FAILED$/;

/**
 * Gives the brokers public addresses, which MSK can only do once a cluster is made, and waits until it is done. A
 * cluster that has them is left as it is; an update that is under way is waited for first, so a second call goes on
 * where the first was interrupted. Rejects with HR_ENVIRONMENT where it cannot be.
 * https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
 */
export async function enablePublicAccess(
  send: MskSend,
  cluster: string,
  options: WaitOptions,
  signal?: AbortSignal
): Promise<ClusterView> {
  const before = await describeCluster(send, cluster, signal);
  if (before.kind === 'serverless') throw serverless(before);
  const active = await settled(send, before, options, signal);
  if (active.publicAccess) return active;
  const request = {
    ClusterArn: cluster,
    CurrentVersion: active.currentVersion,
    ConnectivityInfo: { PublicAccess: { Type: PUBLIC_ACCESS } }
  };
  const { ClusterOperationArn: operation } = await send('UpdateConnectivity', request, signal);
  if (operation !== undefined) await finished(send, active, operation, options, signal);
  const after = await waitForCluster(send, cluster, options, signal);
  if (!after.publicAccess) throw notEnabled(after, null);
  return after;
}

/** The cluster when no update is under way. */
async function settled(
  send: MskSend,
  cluster: ClusterView,
  options: WaitOptions,
  signal?: AbortSignal
): Promise<ClusterView> {
  if (cluster.state === 'ACTIVE') return cluster;
  if (cluster.activeOperation !== null)
    await finished(send, cluster, cluster.activeOperation, options, signal);
  return await waitForCluster(send, cluster.arn, options, signal);
}

async function finished(
  send: MskSend,
  cluster: ClusterView,
  operation: string,
  { clock, limitMs = LIMIT_MS }: WaitOptions,
  signal?: AbortSignal
): Promise<void> {
  const look = async () => {
    const request = { ClusterOperationArn: operation };
    const answer = await send('DescribeClusterOperationV2', request, signal);
    return answer.ClusterOperationInfo ?? {};
  };
  const last = await poll(
    look,
    ({ EndTime: end, OperationState: state }) => {
      return end !== undefined || /(COMPLETE|FAILED)$/.test(state ?? '');
    },
    {
      what: `the update of the MSK cluster ${cluster.name}`,
      clock,
      everyMs: LOOK_MS,
      limitMs,
      signal
    }
  );
  const { ErrorInfo: error, OperationState: state } = last;
  if (FAILED.test(state ?? '') || error?.ErrorString !== undefined)
    throw notEnabled(cluster, error?.ErrorString ?? state ?? null);
}

function serverless({ name }: ClusterView): HeadraceError {
  return new HeadraceError(
    'HR_USAGE',
    `The brokers of the MSK cluster ${name} cannot have public addresses`,
    { why: 'it is serverless', next: 'Take --kafka msk, or leave --public-brokers out.' }
  );
}

function notEnabled({ name }: ClusterView, why: string | null): HeadraceError {
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The brokers of the MSK cluster ${name} have got no public addresses`,
    {
      why: why ?? 'MSK ended the update without them',
      next: 'Public subnets, TLS and no unauthenticated access are needed for that.'
    }
  );
}
