import { HeadraceError } from '../../../shared/errors.ts';
import { persist } from '../control/patience.ts';
import { primaryNode } from '../emr/ec2/primary-node.ts';
import { describeApplication } from '../emr/serverless/application.ts';
import type { EnvironmentStatus } from '../environments-port.ts';
import type { StackedEnvironment } from '../engine/status.ts';
import { describeCluster } from '../msk/cluster.ts';
import { OUTPUTS } from '../template/types.ts';
import type { AwsPlace } from './place.ts';
import { seeCluster } from './ended-cluster.ts';
import { knownPriceOf } from './price.ts';
import { specIn } from './stack-plans.ts';

/** Answers by which a service says that something is not there, or not up. */
const NOT_READY: readonly string[] = ['HR_ENVIRONMENT', 'HR_AWS_REFUSED'];

/** Where an environment stands, and whether Kafka and Livy serve. */
export async function standingOf(
  environment: StackedEnvironment,
  place: AwsPlace,
  signal: AbortSignal
): Promise<EnvironmentStatus> {
  const { name, account, stacks, state, expiresAt, owner, notebook, outputs } = environment;
  const spec = specIn(outputs);
  const ended = await endedOf(outputs, place, signal);
  const zones = outputs.net?.[OUTPUTS.net.subnets]?.split(',').length ?? 0;
  return {
    name,
    region: place.region,
    account: account ?? '',
    stacks,
    ready:
      state === 'complete' &&
      ended === null &&
      (await persist(place.world, signal, () => serves(environment, place, signal))),
    ended,
    expiresAt,
    owner,
    notebook,
    cost: spec === null ? null : await knownPriceOf(spec, zones, place, signal)
  };
}

async function endedOf(
  outputs: StackedEnvironment['outputs'],
  place: AwsPlace,
  signal: AbortSignal
): Promise<EnvironmentStatus['ended']> {
  const ended = (await seeCluster(outputs, place, signal))?.ended ?? null;
  return ended === null ? null : { cluster: ended.cluster, at: ended.endedAt };
}

/** Asked of the services themselves, as this machine need not reach into the network. */
async function serves(
  { outputs }: StackedEnvironment,
  place: AwsPlace,
  signal: AbortSignal
): Promise<boolean> {
  try {
    const cluster = outputs.kafka?.[OUTPUTS.kafka.cluster];
    if (cluster !== undefined) {
      const { state } = await describeCluster(place.msk, cluster, signal);
      if (!SERVING.includes(state)) return false;
    }
    return await takesSessions(outputs.spark ?? {}, place, signal);
  } catch (error) {
    if (error instanceof HeadraceError && NOT_READY.includes(error.code)) return false;
    throw error;
  }
}

/** States in which brokers answer. https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html */
const SERVING: readonly string[] = [
  'ACTIVE',
  'UPDATING',
  'MAINTENANCE',
  'HEALING',
  'REBOOTING_BROKER'
];

async function takesSessions(
  outputs: Readonly<Record<string, string>>,
  place: AwsPlace,
  signal: AbortSignal
): Promise<boolean> {
  const application = outputs[OUTPUTS.spark.application];
  if (application !== undefined)
    return (await describeApplication(place.serverless, application, signal)).state === 'STARTED';
  const cluster = outputs[OUTPUTS.spark.cluster];
  if (cluster !== undefined) await primaryNode(place.emr, cluster, signal);
  return true;
}
