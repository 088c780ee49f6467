import type { ClusterStatus } from '@aws-sdk/client-emr';
import { isNotFound } from '../control/errors.ts';
import { persist } from '../control/patience.ts';
import type { LayerOutputs } from '../engine/parameters.ts';
import { isGone, isStanding } from '../engine/statuses.ts';
import { stackName, type EnvironmentSpec } from '../environment/spec.ts';
import { generationOf } from '../template/spark/emr.ts';
import { OUTPUTS } from '../template/types.ts';
import type { AwsPlace } from './place.ts';

/** An EMR cluster that has ended while its stack still has it. */
export interface EndedCluster {
  readonly cluster: string;
  /** Epoch milliseconds; null where EMR does not say. */
  readonly endedAt: number | null;
  /** Why, as EMR says it. */
  readonly reason: string | null;
}

interface SeenCluster {
  readonly name: string;
  readonly ended: EndedCluster | null;
}

const ENDED = /^TERMINAT/;

/** The cluster of the stack of Spark, and whether it has ended; null where there is none. */
export async function seeCluster(
  outputs: LayerOutputs,
  { emr }: Pick<AwsPlace, 'emr'>,
  signal: AbortSignal
): Promise<SeenCluster | null> {
  const cluster = outputs.spark?.[OUTPUTS.spark.cluster];
  if (cluster === undefined) return null;
  try {
    const { Cluster: found } = await emr('DescribeCluster', { ClusterId: cluster }, signal);
    const { Status: status } = found ?? {};
    const ended = ENDED.test(status?.State ?? '') ? endOf(cluster, status) : null;
    return { name: found?.Name ?? '', ended };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function endOf(cluster: string, status: ClusterStatus | undefined): EndedCluster {
  const { StateChangeReason: change, Timeline: times } = status ?? {};
  return {
    cluster,
    endedAt: times?.EndDateTime?.getTime() ?? null,
    reason: change?.Message?.replace(/\.$/, '') ?? null
  };
}

/** The generation of the cluster that an apply makes or leaves: one more than that of a cluster that has ended. */
export async function generationFor(
  spec: EnvironmentSpec,
  place: AwsPlace,
  signal: AbortSignal
): Promise<{ readonly generation?: number; readonly ended: EndedCluster | null }> {
  if (spec.spark !== 'emr-ec2') return { ended: null };
  const { world } = place;
  const name = stackName(spec.name, 'spark');
  const stack = await persist(world, signal, () => world.stacks.describe(name, signal));
  if (isGone(stack) || !isStanding(stack.status)) return { ended: null };
  const seen = await seeCluster({ spark: stack.outputs }, place, signal);
  if (seen === null) return { ended: null };
  const { ended } = seen;
  const generation = generationOf(spec, seen.name);
  return { generation: ended === null ? generation : generation + 1, ended };
}

/** The sentence of a plan that makes such a cluster anew. */
export function startsAgain({ cluster, endedAt, reason }: EndedCluster): string {
  const when = endedAt === null ? '' : ` at ${new Date(endedAt).toISOString()}`;
  const why = reason === null ? '' : ` (${reason})`;
  return `The EMR cluster ${cluster} has ended${when}${why}: a new one takes its place, and nothing is lost, as Kafka and the bucket are not of it.`;
}
