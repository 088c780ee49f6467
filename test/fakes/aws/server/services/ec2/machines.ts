import type * as sdk from '@aws-sdk/client-ec2';
import { kindOf } from '../../kinds/kinds.ts';
import { textOf, type Thing, type World } from '../../world/world.ts';
import { pairs, type Action } from '../service.ts';
import { field, found, paged } from './find.ts';

const describeZones: Action<
  sdk.DescribeAvailabilityZonesCommandInput,
  sdk.DescribeAvailabilityZonesCommandOutput
> = ({ ZoneNames: names }, { world }) => ({
  AvailabilityZones: world.zones
    .filter(zone => names?.includes(zone) ?? true)
    .map((zone, index) => ({
      ZoneName: zone,
      ZoneId: `${shortRegion(world.region)}-az${index + 1}`,
      RegionName: world.region,
      State: 'available',
      OptInStatus: 'opt-in-not-required',
      ZoneType: 'availability-zone',
      GroupName: world.region
    }))
});

/** `eu-west-1` is `euw1` in the ids of zones. */
const shortRegion = (region: string): string =>
  region
    .split('-')
    .map((part, index) => (index === 0 ? part : part.slice(0, 1)))
    .join('');

const describeOfferings: Action<
  sdk.DescribeInstanceTypeOfferingsCommandInput,
  sdk.DescribeInstanceTypeOfferingsCommandOutput
> = (input, { world }) => {
  const types = input.Filters?.find(({ Name: name }) => name === 'instance-type')?.Values ?? [
    'm7g.large',
    'm6i.xlarge'
  ];
  const zonal = input.LocationType === 'availability-zone';
  const places = zonal ? world.zones : [world.region];
  return {
    InstanceTypeOfferings: types.flatMap(type =>
      places.map(place => ({
        InstanceType: type as sdk._InstanceType,
        LocationType: zonal ? ('availability-zone' as const) : ('region' as const),
        Location: place
      }))
    )
  };
};

const describeInstances: Action<
  sdk.DescribeInstancesCommandInput,
  sdk.DescribeInstancesCommandOutput
> = (input, { world }) => {
  const all = found(world, 'AWS::EC2::Instance', input.InstanceIds, input.Filters, {
    'instance-id': ({ id }) => [id],
    'subnet-id': field('SubnetId'),
    'instance-state-name': ({ state }) => [state]
  });
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    Reservations: items.map(machine => ({
      ReservationId: `r-${machine.id.slice(2)}`,
      OwnerId: world.account,
      Instances: [instanceOut(world, machine)]
    }))
  };
};

function instanceOut(world: World, machine: Thing): sdk.Instance {
  const attribute = (name: string): string =>
    kindOf(machine.type)?.attributes[name]?.(machine, world) ?? '';
  return {
    InstanceId: machine.id,
    InstanceType: textOf(machine, 'InstanceType') as sdk._InstanceType,
    SubnetId: textOf(machine, 'SubnetId'),
    State: { Code: 16, Name: machine.state as sdk.InstanceStateName },
    PrivateDnsName: attribute('PrivateDnsName'),
    PrivateIpAddress: attribute('PrivateIp'),
    PublicDnsName: attribute('PublicDnsName'),
    LaunchTime: new Date(machine.createdAt),
    Tags: pairs(machine.tags)
  };
}

const describeVolumes: Action<sdk.DescribeVolumesCommandInput, sdk.DescribeVolumesCommandOutput> = (
  input,
  { world }
) => {
  const all = found(world, 'AWS::EC2::Volume', input.VolumeIds, input.Filters, {});
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    Volumes: items.map(volume => ({
      VolumeId: volume.id,
      Size: Number(volume.properties['Size'] ?? 8),
      State: 'available',
      Tags: pairs(volume.tags)
    }))
  };
};

export const machineActions = {
  DescribeAvailabilityZones: describeZones,
  DescribeInstanceTypeOfferings: describeOfferings,
  DescribeInstances: describeInstances,
  DescribeVolumes: describeVolumes
};
