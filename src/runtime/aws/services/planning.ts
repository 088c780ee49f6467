import { hasNat } from '../environment/sizes.ts';
import type { EnvironmentPlan, PlanOptions } from '../environments-port.ts';
import type { EnvironmentSpec, Resolved } from '../environment/spec.ts';
import { needsSecret } from '../../kafka/auth-record.ts';
import { planEnvironment } from '../engine/plan.ts';
import { resolve } from '../engine/resolve.ts';
import { machineTypes } from '../template/machine-types.ts';
import { eksGroupOf } from './eks-group.ts';
import { checkOffers } from './offers.ts';
import type { AwsServicesOptions } from './options.ts';
import { generationFor, startsAgain, type EndedCluster } from './ended-cluster.ts';
import { clientCidrOf } from './own-address.ts';
import type { AwsPlace } from './place.ts';
import { priceOf } from './price.ts';
import { stackPlans } from './stack-plans.ts';

const MINUTE = 60_000;
/** MSK restarts its brokers one after the other to give them public addresses. */
const PUBLIC_MS = 25 * MINUTE;
const START_MS = MINUTE;

/** What the account adds to a spec. Whether another notebook of the owner may change it is asked when it is changed. */
export async function resolveSpec(
  ...asked: Parameters<typeof resolveWithCluster>
): Promise<Resolved> {
  return (await resolveWithCluster(...asked)).resolved;
}

/** The same, and the EMR cluster that has ended and is made anew; null where there is none. */
async function resolveWithCluster(
  spec: EnvironmentSpec,
  notebook: string,
  place: AwsPlace,
  options: AwsServicesOptions,
  signal: AbortSignal
): Promise<{ readonly resolved: Resolved; readonly ended: EndedCluster | null }> {
  const asked = { notebook, instanceTypes: machineTypes(spec), force: true };
  const resolved = await resolve(spec, place.account, asked, place.world, signal);
  const { generation, ended } = await generationFor(spec, place, signal);
  return {
    resolved: {
      ...resolved,
      ...(generation === undefined ? {} : { generation }),
      ...(await clientCidrOf(spec, options, signal)),
      ...(await eksGroupOf(spec, place, signal))
    },
    ended
  };
}

/** All that an apply would do. */
export async function makePlan(
  spec: EnvironmentSpec,
  { notebook, freshPrices }: { readonly notebook: string } & PlanOptions,
  place: AwsPlace,
  options: AwsServicesOptions,
  signal: AbortSignal
): Promise<EnvironmentPlan> {
  const { resolved, ended } = await resolveWithCluster(spec, notebook, place, options, signal);
  const plans = stackPlans(spec, resolved);
  const zones = resolved.zones.length;
  const cost = await priceOf(spec, { zones, fresh: freshPrices === true }, place, signal);
  const claim = { environment: spec.name, notebook, owner: resolved.owner, force: true };
  const plan = await planEnvironment(plans, claim, place.world, signal);
  const unknown = await checkOffers(spec, plan.stacks, place, signal);
  return {
    ...plan,
    spec,
    resolved,
    cost,
    usualMs: plan.usualMs + afterwardsMs(spec),
    warnings: [
      ...plan.warnings,
      ...unknown,
      ...(ended === null ? [] : [startsAgain(ended)]),
      ...warningsOf(spec)
    ]
  };
}

/** Where Spark logs in with the role of its session, it can pass on what the kernel asks of the brokers. */
const THROUGH_SPARK =
  'The brokers can be reached from inside the VPC only: from elsewhere topics, records and results go through a small Spark session, which costs as long as it runs; --public-brokers does without.';

/** How long the steps take that follow the stacks. */
function afterwardsMs({ publicBrokers, spark }: EnvironmentSpec): number {
  return (publicBrokers ? PUBLIC_MS : 0) + (spark === 'emr-serverless' ? START_MS : 0);
}

/** What a person should know of the notebook's side. */
function warningsOf(spec: EnvironmentSpec): string[] {
  const notes: readonly (readonly [boolean, string])[] = [
    [!spec.publicBrokers && !needsSecret({ kind: spec.kafkaAuth }), THROUGH_SPARK],
    [
      !spec.publicBrokers && needsSecret({ kind: spec.kafkaAuth }),
      'The brokers can be reached from inside the VPC only: Spark reads and writes them, %topic and %produce need a kernel there, or --public-brokers.'
    ],
    [
      spec.spark === 'emr-serverless' && spec.vpc === 'new' && !hasNat(spec),
      'EMR Serverless has no way to the internet from public subnets: packages from Maven cannot be fetched, jars have to be in S3.'
    ],
    [
      spec.spark === 'emr-ec2',
      'Livy of EMR on EC2 is reached through AWS Session Manager, whose plugin must be installed on this machine.'
    ],
    [
      spec.spark === 'emr-eks',
      'EMR on EKS has no Livy of its own: jobs run by %submit, cells only after %provision attach with the address of a Livy.'
    ]
  ];
  return notes.flatMap(([applies, note]) => (applies ? [note] : []));
}
