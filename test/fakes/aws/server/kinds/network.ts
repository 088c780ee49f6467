import { arnOf, textOf, thingsOf, type Thing, type World } from '../world/world.ts';
import { idOf, kind, property, type Identity, type Kind, type Maker } from './kind.ts';
import { addOwnRule, addRulesOf, dropRulesOf, referringRule } from './rules.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html */
const ec2 =
  (prefix: string, resource: string) =>
  ({ world }: Maker): Identity => {
    const id = `${prefix}-0${world.hex(16)}`;
    return { id, arn: arnOf(world, 'ec2', `${resource}/${id}`) };
  };

const untagged =
  (prefix: string) =>
  ({ world }: Maker): Identity => ({ id: `${prefix}-0${world.hex(16)}`, arn: null });

export const networkKinds: readonly Kind[] = [
  kind('AWS::EC2::VPC', ec2('vpc', 'vpc'), {
    attributes: {
      VpcId: idOf,
      CidrBlock: property('CidrBlock'),
      DefaultSecurityGroup: (vpc, world) => defaultGroup(vpc, world)?.id ?? ''
    },
    replacing: 'Ipv4NetmaskLength CidrBlock Ipv4IpamPoolId VpcEncryptionControl',
    perhaps: 'InstanceTenancy',
    made: addDefaultGroup,
    held: vpcHeld,
    gone: (vpc, world) => void world.things.delete(defaultGroup(vpc, world)?.id ?? '')
  }),
  kind('AWS::EC2::Subnet', ec2('subnet', 'subnet'), {
    attributes: {
      SubnetId: idOf,
      VpcId: property('VpcId'),
      CidrBlock: property('CidrBlock'),
      AvailabilityZone: property('AvailabilityZone')
    },
    replacing:
      'VpcId AvailabilityZoneId OutpostArn AvailabilityZone CidrBlock Ipv6Native Ipv4IpamPoolId Ipv4NetmaskLength Ipv6IpamPoolId Ipv6NetmaskLength',
    perhaps: 'Ipv6CidrBlock',
    held: subnetHeld
  }),
  kind('AWS::EC2::InternetGateway', ec2('igw', 'internet-gateway'), {
    attributes: { InternetGatewayId: idOf }
  }),
  kind('AWS::EC2::VPCGatewayAttachment', untagged('attachment'), { replacing: 'VpcId' }),
  kind('AWS::EC2::RouteTable', ec2('rtb', 'route-table'), {
    attributes: { RouteTableId: idOf },
    replacing: 'VpcId'
  }),
  kind('AWS::EC2::Route', untagged('route'), {
    replacing: 'DestinationIpv6CidrBlock RouteTableId DestinationCidrBlock DestinationPrefixListId'
  }),
  kind('AWS::EC2::SubnetRouteTableAssociation', untagged('rtbassoc'), {
    attributes: { Id: idOf },
    replacing: 'RouteTableId SubnetId'
  }),
  kind('AWS::EC2::EIP', address, {
    attributes: { PublicIp: idOf, AllocationId: eip => eip.arn?.split('/').at(-1) ?? '' },
    replacing: 'TransferAddress Domain NetworkBorderGroup IpamPoolId Address'
  }),
  kind('AWS::EC2::NatGateway', ec2('nat', 'natgateway'), {
    steps: 3,
    attributes: { NatGatewayId: idOf },
    replacing: 'PrivateIpAddress ConnectivityType AllocationId SubnetId VpcId AvailabilityMode'
  }),
  kind('AWS::EC2::NetworkInterface', ec2('eni', 'network-interface'), {
    attributes: {
      Id: idOf,
      PrimaryPrivateIpAddress: ({ id }) => `10.0.0.${Number.parseInt(id.slice(5, 7), 16)}`
    },
    replacing: 'SubnetId PrivateIpAddress InterfaceType',
    perhaps: 'PrivateIpAddresses'
  }),
  kind('AWS::EC2::EIPAssociation', untagged('eipassoc'), {
    attributes: { Id: idOf },
    replacing: 'AllocationId EIP InstanceId NetworkInterfaceId PrivateIpAddress'
  }),
  kind('AWS::EC2::VPCEndpoint', ec2('vpce', 'vpc-endpoint'), {
    steps: 2,
    attributes: { Id: idOf },
    replacing:
      'VpcId ServiceName VpcEndpointType ServiceRegion ResourceConfigurationArn ServiceNetworkArn'
  }),
  kind('AWS::EC2::SecurityGroup', ec2('sg', 'security-group'), {
    attributes: { GroupId: idOf, Id: idOf, VpcId: property('VpcId') },
    replacing: 'GroupDescription GroupName VpcId',
    made: addRulesOf,
    held: groupHeld,
    gone: dropRulesOf
  }),
  kind('AWS::EC2::SecurityGroupIngress', untagged('sgr'), {
    attributes: { Id: idOf },
    replacing:
      'CidrIp CidrIpv6 FromPort GroupId GroupName IpProtocol SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName SourceSecurityGroupOwnerId ToPort',
    made: (thing, world) => addOwnRule(thing, world, false),
    gone: (thing, world) => void world.rules.delete(thing.id)
  }),
  kind('AWS::EC2::SecurityGroupEgress', untagged('sgr'), {
    attributes: { Id: idOf },
    replacing:
      'CidrIp CidrIpv6 DestinationPrefixListId DestinationSecurityGroupId FromPort GroupId IpProtocol ToPort',
    made: (thing, world) => addOwnRule(thing, world, true),
    gone: (thing, world) => void world.rules.delete(thing.id)
  })
];

function address({ world }: Maker): Identity {
  const last = Number.parseInt(world.hex(2), 16);
  const middle = Number.parseInt(world.hex(2), 16);
  const allocation = `eipalloc-0${world.hex(16)}`;
  return {
    id: `198.51.${middle}.${last}`,
    arn: arnOf(world, 'ec2', `elastic-ip/${allocation}`)
  };
}

function addDefaultGroup(vpc: Thing, world: World): void {
  const id = `sg-0${world.hex(16)}`;
  world.things.set(id, {
    type: 'AWS::EC2::SecurityGroup',
    id,
    arn: arnOf(world, 'ec2', `security-group/${id}`),
    properties: {
      GroupName: 'default',
      GroupDescription: 'default VPC security group',
      VpcId: vpc.id
    },
    tags: {},
    state: 'AVAILABLE',
    createdAt: world.time.now()
  });
}

const defaultGroup = (vpc: Thing, world: World): Thing | undefined =>
  thingsOf(world, 'AWS::EC2::SecurityGroup').find(
    group => textOf(group, 'VpcId') === vpc.id && textOf(group, 'GroupName') === 'default'
  );

/** What a VPC waits for is what the stack does not know of: the rest was deleted before it. */
function vpcHeld(vpc: Thing, world: World): string | null {
  const inside = [...world.things.values()].filter(
    thing => textOf(thing, 'VpcId') === vpc.id && textOf(thing, 'GroupName') !== 'default'
  );
  const attached = inside.filter(({ type }) => type !== 'AWS::EC2::VPCGatewayAttachment');
  return attached.length === 0
    ? null
    : `The vpc '${vpc.id}' has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400)`;
}

function subnetHeld(subnet: Thing, world: World): string | null {
  const inside = thingsOf(world, 'AWS::EC2::NetworkInterface').some(
    card => textOf(card, 'SubnetId') === subnet.id
  );
  return inside
    ? `The subnet '${subnet.id}' has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400)`
    : null;
}

function groupHeld(group: Thing, world: World): string | null {
  const inUse = thingsOf(world, 'AWS::EC2::NetworkInterface').some(card =>
    (card.properties['GroupSet'] as readonly string[] | undefined)?.includes(group.id)
  );
  return referringRule(group, world) === null && !inUse
    ? null
    : `resource ${group.id} has a dependent object (Service: Ec2, Status Code: 400)`;
}
