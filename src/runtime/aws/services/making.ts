import type { TargetProfile } from '../../profile/profile.ts';
import type { Claimed, EnvironmentPlan } from '../environments-port.ts';
import { applyEnvironment, sayingWhatRuns } from '../engine/apply.ts';
import { sayingWhatStands } from '../engine/failure-report.ts';
import type { LayerOutputs } from '../engine/parameters.ts';
import { resolve } from '../engine/resolve.ts';
import { LAYERS } from '../environment/spec.ts';
import type { Hands } from './hands.ts';
import { uploadKafka } from './kafka-archive.ts';
import { reachOf } from './reach.ts';
import { reachKafka } from './reach-kafka.ts';
import { reachSpark } from './reach-spark.ts';
import { stackPlans } from './stack-plans.ts';

/** Makes what a plan says, and what CloudFormation cannot; waits until a cell can run there. */
export async function makeEnvironment(
  plan: EnvironmentPlan,
  claimed: Claimed,
  hands: Hands
): Promise<TargetProfile> {
  await assertMayMake(plan, claimed, hands);
  const outputs = await makeStacks(plan, claimed, hands);
  try {
    return await profileOf(plan, outputs, hands);
  } catch (error) {
    const { spec, cost } = plan;
    throw sayingWhatRuns(
      sayingWhatStands(error, LAYERS, { environment: spec.name, cost }),
      `All stacks stand and cost: run --apply again to go on, or %provision aws --destroy ${spec.name} to end it.`
    );
  }
}

/** A plan may be older than what stands now: all stacks are looked at before the first is changed. */
async function assertMayMake(
  { spec, resolved }: EnvironmentPlan,
  { notebook, force }: Claimed,
  { place, signal }: Hands
): Promise<void> {
  const asked = { notebook, force, account: resolved.account };
  await resolve(spec, place.account, asked, place.world, signal);
}

async function makeStacks(
  { spec, resolved, cost }: EnvironmentPlan,
  { notebook, force }: Claimed,
  hands: Hands
): Promise<LayerOutputs> {
  const { place, onProgress, signal } = hands;
  const plans = stackPlans(spec, resolved);
  const claim = { environment: spec.name, notebook, owner: resolved.owner, force };
  const apply = async (some: typeof plans): Promise<LayerOutputs> =>
    (await applyEnvironment(some, { claim, cost }, place.world, onProgress, signal)).outputs;
  // Machines of one's own fetch Kafka from the bucket as soon as they start.
  if (spec.kafka === 'ec2')
    await uploadKafka(await apply(plans.filter(({ layer }) => layer === 'net')), hands);
  return apply(plans);
}

async function profileOf(
  { spec, resolved }: EnvironmentPlan,
  outputs: LayerOutputs,
  hands: Hands
): Promise<TargetProfile> {
  const kafka = await reachKafka(spec, outputs, hands);
  const livy = await reachSpark(spec, outputs, hands);
  const reach = await reachOf(spec, kafka, hands);
  return {
    name: spec.name,
    kind: 'aws',
    ...kafka,
    reach,
    livy,
    environment: { name: spec.name, region: spec.region, account: resolved.account }
  };
}
