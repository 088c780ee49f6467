import { HeadraceError } from '../../../shared/errors.ts';
import type { AccountPort, SubnetView, Zone } from '../control/account.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';

const MOST = 3;
const LEAST = 2;

/** Zones, by id, in which a service does not work. */
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html#clusters-model-brokernodegroupinfo
  msk: ['use1-az3'],
  'msk-serverless': ['use1-az3'],
  // https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/endpoints-quotas.html
  'emr-serverless': ['use1-az3', 'cac1-az4']
};

/** Ids of zones that a service of the spec cannot use. */
export function closedZones(spec: Pick<EnvironmentSpec, 'kafka' | 'spark'>): ReadonlySet<string> {
  return new Set([...(CLOSED[spec.kafka] ?? []), ...(CLOSED[spec.spark] ?? [])]);
}

function tooFew(spec: EnvironmentSpec, names: readonly string[], why: string): HeadraceError {
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `${spec.region} has too few availability zones for this environment`,
    {
      why: `${names.length === 0 ? 'none' : names.join(', ')} of the ${LEAST} that it needs ${why}`,
      next: 'Choose another --region, --size or --spark.'
    }
  );
}

async function offeringZones(
  zones: readonly Zone[],
  types: readonly string[],
  account: AccountPort,
  signal: AbortSignal
): Promise<readonly Zone[]> {
  if (types.length === 0) return zones;
  const offering = await account.offering(types, signal);
  return zones.filter(zone => offering.has(zone.name));
}

function wrongSubnets(why: string): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', 'These subnets cannot hold the environment', {
    why,
    next: 'Name at least two subnets of one VPC in different availability zones with --subnets.'
  });
}

function checkSubnets(
  vpc: { readonly id: string; readonly subnets: readonly string[] },
  found: readonly SubnetView[]
): void {
  const ids = new Set(found.map(subnet => subnet.id));
  const missing = vpc.subnets.filter(id => !ids.has(id));
  if (missing.length > 0) throw wrongSubnets(`${missing.join(', ')} does not exist`);
  const foreign = found.filter(subnet => subnet.vpc !== vpc.id);
  if (foreign.length > 0)
    throw wrongSubnets(`${foreign.map(one => one.id).join(', ')} is not in ${vpc.id}`);
  const names = found.map(subnet => subnet.zone.name);
  if (new Set(names).size < names.length) throw wrongSubnets('two are in the same zone');
}

/** The zones of given subnets, in their order, all of which every service has to be able to use. */
async function zonesOfSubnets(
  spec: EnvironmentSpec,
  vpc: { readonly id: string; readonly subnets: readonly string[] },
  account: AccountPort,
  signal: AbortSignal
): Promise<readonly string[]> {
  const found = await account.subnets(vpc.subnets, signal);
  checkSubnets(vpc, found);
  const closed = closedZones(spec);
  const unusable = found.filter(subnet => closed.has(subnet.zone.id));
  if (unusable.length > 0)
    throw wrongSubnets(
      `${spec.kafka} or ${spec.spark} does not work in ${unusable.map(one => one.zone.id).join(', ')}`
    );
  return vpc.subnets.flatMap(id => found.filter(one => one.id === id).map(one => one.zone.name));
}

/**
 * Two or three zones, by name, that every service of the spec can use and that offer these EC2 instance types; those of
 * the subnets where the VPC is given. The same answer each time, or a change of zones would replace the subnets.
 */
export async function chooseZones(
  spec: EnvironmentSpec,
  types: readonly string[],
  account: AccountPort,
  signal: AbortSignal
): Promise<readonly string[]> {
  if (spec.vpc !== 'new') return zonesOfSubnets(spec, spec.vpc, account, signal);
  const closed = closedZones(spec);
  const open = (await account.zones(signal)).filter(zone => !closed.has(zone.id));
  const usable = await offeringZones(open, types, account, signal);
  const names = usable.map(zone => zone.name).sort();
  if (names.length >= LEAST) return names.slice(0, MOST);
  throw tooFew(spec, names, types.length === 0 ? '' : `have ${types.join(', ')}`);
}
