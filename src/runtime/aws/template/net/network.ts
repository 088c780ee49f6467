import { hasNat } from '../../environment/sizes.ts';
import { tagsOf, type LayerContext } from '../context.ts';
import { EMR_TAG, type Tags } from '../tags.ts';
import type { Resource, Value } from '../types.ts';
import { attribute, ref, type Resources } from '../values.ts';

const NETWORK = '10.0.0.0/16';

/** Blocks of 4091 addresses: EMR Serverless takes one for each worker. Private ones begin in the upper half. */
function block(kind: 'Public' | 'Private', index: number): string {
  return `10.0.${(kind === 'Public' ? 0 : 128) + index * 16}.0/20`;
}

const subnetIds = (kind: 'Public' | 'Private', { resolved }: LayerContext): readonly string[] =>
  resolved.zones.map((_, index) => `${kind}Subnet${index + 1}`);

/** EMR makes its machines in what has its tag only. */
function emrTag({ spec }: LayerContext): Tags {
  return spec.spark === 'emr-ec2' ? EMR_TAG : {};
}

function vpc(context: LayerContext): Resources {
  return {
    Vpc: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: NETWORK,
        EnableDnsSupport: true,
        EnableDnsHostnames: true,
        Tags: tagsOf(context, 'vpc', emrTag(context))
      }
    },
    InternetGateway: {
      Type: 'AWS::EC2::InternetGateway',
      Properties: { Tags: tagsOf(context, 'internet') }
    },
    GatewayAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('InternetGateway') }
    }
  };
}

/** One subnet in each zone, with a table of routes for all of them. */
function subnets(kind: 'Public' | 'Private', context: LayerContext): Resources {
  const machinesAreHere = kind === 'Public' ? !hasNat(context.spec) : true;
  const table: Resource = {
    Type: 'AWS::EC2::RouteTable',
    Properties: { VpcId: ref('Vpc'), Tags: tagsOf(context, kind.toLowerCase()) }
  };
  const each = subnetIds(kind, context).flatMap((id, index): [string, Resource][] => [
    [
      id,
      {
        Type: 'AWS::EC2::Subnet',
        Properties: {
          VpcId: ref('Vpc'),
          AvailabilityZone: context.resolved.zones[index] ?? '',
          CidrBlock: block(kind, index),
          MapPublicIpOnLaunch: kind === 'Public' && machinesAreHere,
          Tags: tagsOf(
            context,
            `${kind.toLowerCase()}-${index + 1}`,
            machinesAreHere ? emrTag(context) : {}
          )
        }
      }
    ],
    [
      `${id}Routes`,
      {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: ref(id), RouteTableId: ref(`${kind}Routes`) }
      }
    ]
  ]);
  return { [`${kind}Routes`]: table, ...Object.fromEntries(each) };
}

function route(table: string, target: Record<string, Value>): Resource {
  return {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: ref(table), DestinationCidrBlock: '0.0.0.0/0', ...target }
  };
}

/** One gateway for all zones: an environment of hours is cheaper than the zone that it could lose. */
function nat(context: LayerContext): Resources {
  return {
    NatAddress: {
      Type: 'AWS::EC2::EIP',
      DependsOn: 'GatewayAttachment',
      Properties: { Domain: 'vpc', Tags: tagsOf(context, 'nat') }
    },
    NatGateway: {
      Type: 'AWS::EC2::NatGateway',
      DependsOn: 'PublicDefaultRoute',
      Properties: {
        AllocationId: attribute('NatAddress', 'AllocationId'),
        SubnetId: ref('PublicSubnet1'),
        Tags: tagsOf(context, 'nat')
      }
    },
    PrivateDefaultRoute: route('PrivateRoutes', { NatGatewayId: ref('NatGateway') })
  };
}

/** The bucket is reached without the NAT gateway, which would be paid by the gigabyte. */
function s3Endpoint(context: LayerContext, tables: readonly string[]): Resource {
  return {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      VpcEndpointType: 'Gateway',
      ServiceName: `com.amazonaws.${context.spec.region}.s3`,
      RouteTableIds: tables.map(ref),
      Tags: tagsOf(context, 's3')
    }
  };
}

/** A network of the environment's own. */
export function network(context: LayerContext): Resources {
  const isPrivate = hasNat(context.spec);
  const tables = ['PublicRoutes', ...(isPrivate ? ['PrivateRoutes'] : [])];
  return {
    ...vpc(context),
    ...subnets('Public', context),
    PublicDefaultRoute: {
      ...route('PublicRoutes', { GatewayId: ref('InternetGateway') }),
      DependsOn: 'GatewayAttachment'
    },
    ...(isPrivate ? { ...subnets('Private', context), ...nat(context) } : {}),
    S3Endpoint: s3Endpoint(context, tables)
  };
}

/** Where Kafka and Spark are, and, if they are elsewhere, what is in the public subnets. */
export function subnetsOf(context: LayerContext): { machines: Value[]; public: Value[] | null } {
  const { spec } = context;
  if (spec.vpc !== 'new') return { machines: [...spec.vpc.subnets], public: null };
  const open = subnetIds('Public', context).map(ref);
  return hasNat(spec)
    ? { machines: subnetIds('Private', context).map(ref), public: open }
    : { machines: open, public: null };
}
