import assert from 'node:assert/strict';
import { IAM } from '@aws-sdk/client-iam';
import { awsClients, type AwsClients } from '../../src/runtime/aws/control/clients.ts';
import { cloudFormationStacks } from '../../src/runtime/aws/control/cloudformation.ts';
import { applyEnvironment, type AppliedEnvironment } from '../../src/runtime/aws/engine/apply.ts';
import type { EngineWorld } from '../../src/runtime/aws/engine/world.ts';
import type { EnvironmentSpec, Resolved } from '../../src/runtime/aws/environment/spec.ts';
import { synthesize } from '../../src/runtime/aws/template/synthesize.ts';
import type { StackPlan } from '../../src/runtime/aws/template/types.ts';
import { VirtualClock } from '../fakes/virtual-clock.ts';
import { MATRIX, type MatrixCase } from '../runtime/aws/template/matrix.ts';
import { forMoto } from './for-moto.ts';
import type { Moto } from './moto/moto.ts';

/** A value of an answer, which the types of the SDK let be missing. */
export function need<T>(value: T | undefined, what = 'value'): T {
  assert.ok(value !== undefined, `there is no ${what}`);
  return value;
}

/** The plans of an environment that moto makes something of. */
function plansOf({ spec, resolved }: Pick<Account, 'spec' | 'resolved'>): readonly StackPlan[] {
  return synthesize(spec, resolved).map(forMoto);
}

/**
 * The fewest environments found that have between them every different template of the matrix, as moto sees it: the next
 * is always the one that has most of those which are still missing.
 */
export function environments(): readonly MatrixCase[] {
  const all = MATRIX.map(one => ({
    one,
    texts: plansOf(one).map(({ layer, template }) => JSON.stringify([layer, template.Resources]))
  }));
  const missing = new Set(all.flatMap(({ texts }) => texts));
  const chosen: MatrixCase[] = [];
  while (missing.size > 0) {
    const fresh = (texts: readonly string[]) => texts.filter(text => missing.has(text)).length;
    const next = all.reduce((best, one) => (fresh(one.texts) > fresh(best.texts) ? one : best));
    for (const text of next.texts) missing.delete(text);
    chosen.push(next.one);
  }
  return chosen;
}

/** An environment that stands in moto, and clients that read what is there. */
export interface Account {
  readonly spec: EnvironmentSpec;
  readonly resolved: Resolved;
  readonly plans: readonly StackPlan[];
  readonly world: EngineWorld;
  readonly applied: AppliedEnvironment;
  readonly clients: AwsClients;
  readonly iam: IAM;
}

/** A network that somebody else has made, with a subnet in each zone. */
async function somebodysNetwork(clients: AwsClients, zones: readonly string[]) {
  const ec2 = await clients.ec2();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '172.20.0.0/16' });
  const id = need(Vpc?.VpcId);
  const subnets: string[] = [];
  for (const [index, AvailabilityZone] of zones.entries()) {
    const CidrBlock = `172.20.${index}.0/24`;
    const made = await ec2.createSubnet({ VpcId: id, AvailabilityZone, CidrBlock });
    subnets.push(need(made.Subnet?.SubnetId));
  }
  return { id, subnets };
}

/** The group of the pods of an EKS cluster in that network. */
async function groupOfPods(clients: AwsClients, VpcId: string): Promise<string> {
  const ec2 = await clients.ec2();
  const made = await ec2.createSecurityGroup({ VpcId, GroupName: 'pods', Description: 'Pods' });
  return need(made.GroupId);
}

/** The environment with the zones, the network and the group that the account has. */
async function inAccount(one: MatrixCase, clients: AwsClients) {
  const ec2 = await clients.ec2();
  const { AvailabilityZones: found = [] } = await ec2.describeAvailabilityZones({});
  const names = found.map(zone => need(zone.ZoneName)).sort();
  const resolved = { ...one.resolved, zones: names.slice(0, one.resolved.zones.length) };
  if (one.spec.vpc === 'new') return { spec: one.spec, resolved };
  const vpc = await somebodysNetwork(clients, resolved.zones);
  const spec = { ...one.spec, vpc };
  if (resolved.eksSecurityGroup === undefined) return { spec, resolved };
  const eksSecurityGroup = await groupOfPods(clients, vpc.id);
  return { spec, resolved: { ...resolved, eksSecurityGroup } };
}

function worldOf(clients: AwsClients): EngineWorld {
  const pace = { clock: new VirtualClock(), random: () => 0.5 };
  let tokens = 0;
  return {
    ...pace,
    stacks: cloudFormationStacks(clients, pace),
    token: () => `token-${(tokens += 1)}`
  };
}

/** Makes what the plans say, as `%provision aws --apply` does. */
export function apply(
  { spec, resolved }: Pick<Account, 'spec' | 'resolved'>,
  plans: readonly StackPlan[],
  world: EngineWorld
): Promise<AppliedEnvironment> {
  const { notebook, owner } = resolved;
  const claim = { environment: spec.name, notebook, owner, force: false };
  const { signal } = new AbortController();
  return applyEnvironment(plans, { claim, cost: null }, world, () => undefined, signal);
}

/** Applies an environment, with its plans changed if that is wanted, to an empty moto and hands it to `look`. */
export async function withEnvironment(
  moto: Moto,
  one: MatrixCase,
  look: (account: Account) => Promise<void>,
  change: (plan: StackPlan) => StackPlan = plan => plan
): Promise<void> {
  await moto.reset();
  const clients = awsClients({ region: one.spec.region, maxAttempts: 1 });
  const iam = new IAM({ region: one.spec.region, maxAttempts: 1 });
  try {
    const { spec, resolved } = await inAccount(one, clients);
    const plans = plansOf({ spec, resolved }).map(change);
    const world = worldOf(clients);
    const applied = await apply({ spec, resolved }, plans, world);
    await look({ spec, resolved, plans, world, applied, clients, iam });
  } finally {
    clients.close();
    iam.destroy();
  }
}
