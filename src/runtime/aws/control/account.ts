import type { EC2 } from '@aws-sdk/client-ec2';
import { HeadraceError } from '../../../shared/errors.ts';
import type { AwsClients } from './clients.ts';
import { asking } from './errors.ts';
import { allPages } from './pages.ts';

export interface Caller {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
}

export interface Zone {
  /** `eu-west-1a`; what it means differs between accounts. */
  readonly name: string;
  /** `euw1-az1`; the same for all accounts. */
  readonly id: string;
}

export interface SubnetView {
  readonly id: string;
  readonly vpc: string;
  readonly zone: Zone;
}

/** What is read of the account before anything is planned. Errors are HeadraceErrors. */
export interface AccountPort {
  caller(signal: AbortSignal): Promise<Caller>;
  /** Availability zones that are open, without local and wavelength zones. */
  zones(signal: AbortSignal): Promise<readonly Zone[]>;
  /** Names of the zones that offer each of these EC2 instance types. */
  offering(types: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  subnets(ids: readonly string[], signal: AbortSignal): Promise<readonly SubnetView[]>;
}

type Ask = <Result>(operation: string, work: (ec2: EC2) => Promise<Result>) => Promise<Result>;

async function zones(ask: Ask, abortSignal: AbortSignal): Promise<readonly Zone[]> {
  const { AvailabilityZones = [] } = await ask('DescribeAvailabilityZones', ec2 =>
    ec2.describeAvailabilityZones(
      { Filters: [{ Name: 'state', Values: ['available'] }] },
      { abortSignal }
    )
  );
  return AvailabilityZones.filter(
    one => (one.ZoneType ?? 'availability-zone') === 'availability-zone'
  )
    .map(one => ({ name: one.ZoneName ?? '', id: one.ZoneId ?? '' }))
    .filter(one => one.name !== '');
}

async function offering(
  ask: Ask,
  types: readonly string[],
  abortSignal: AbortSignal
): Promise<ReadonlySet<string>> {
  const wanted = new Set(types);
  const offerings = await allPages(async NextToken => {
    const page = await ask('DescribeInstanceTypeOfferings', ec2 =>
      ec2.describeInstanceTypeOfferings(
        {
          LocationType: 'availability-zone',
          Filters: [{ Name: 'instance-type', Values: [...wanted] }],
          ...(NextToken === undefined ? {} : { NextToken })
        },
        { abortSignal }
      )
    );
    return { items: page.InstanceTypeOfferings ?? [], next: page.NextToken };
  });
  const offered = new Map<string, Set<string>>();
  for (const { Location = '', InstanceType = '' } of offerings)
    offered.set(Location, new Set([...(offered.get(Location) ?? []), InstanceType]));
  const all = [...offered].filter(([, here]) => [...wanted].every(type => here.has(type)));
  return new Set(all.map(([zone]) => zone));
}

async function subnets(
  ask: Ask,
  ids: readonly string[],
  abortSignal: AbortSignal
): Promise<readonly SubnetView[]> {
  const { Subnets = [] } = await ask('DescribeSubnets', ec2 =>
    ec2.describeSubnets({ SubnetIds: [...ids] }, { abortSignal })
  );
  return Subnets.map(one => ({
    id: one.SubnetId ?? '',
    vpc: one.VpcId ?? '',
    zone: { name: one.AvailabilityZone ?? '', id: one.AvailabilityZoneId ?? '' }
  }));
}

/** The account behind the clients. */
export function awsAccount(clients: AwsClients): AccountPort {
  const about = (action: string) => ({ action, region: clients.region, profile: clients.profile });
  const ask: Ask = (operation, work) =>
    asking(about(`ec2:${operation}`), async () => work(await clients.ec2()));
  return {
    async caller(abortSignal) {
      const { Account, Arn } = await asking(about('sts:GetCallerIdentity'), async () =>
        (await clients.sts()).getCallerIdentity({}, { abortSignal })
      );
      if (Account !== undefined && Arn !== undefined) return { account: Account, arn: Arn };
      throw new HeadraceError('HR_AWS_REFUSED', 'AWS does not say whose credentials these are');
    },
    zones: signal => zones(ask, signal),
    offering: (types, signal) => offering(ask, types, signal),
    subnets: (ids, signal) => subnets(ask, ids, signal)
  };
}
