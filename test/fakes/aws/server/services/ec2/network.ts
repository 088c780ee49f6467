import type * as sdk from '@aws-sdk/client-ec2';
import { ApiError } from '../../wire/failure.ts';
import { listOf, textOf, type Thing } from '../../world/world.ts';
import { pairs, type Action } from '../service.ts';
import { field, found, notFound, paged, VPC_ID } from './find.ts';

const describeVpcs: Action<sdk.DescribeVpcsCommandInput, sdk.DescribeVpcsCommandOutput> = (
  input,
  { world }
) => {
  const all = found(world, 'AWS::EC2::VPC', input.VpcIds, input.Filters, {
    'vpc-id': ({ id }) => [id],
    state: () => ['available']
  });
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    Vpcs: items.map(vpc => ({
      VpcId: vpc.id,
      CidrBlock: textOf(vpc, 'CidrBlock'),
      State: 'available',
      IsDefault: false,
      OwnerId: world.account,
      Tags: pairs(vpc.tags)
    }))
  };
};

const describeSubnets: Action<sdk.DescribeSubnetsCommandInput, sdk.DescribeSubnetsCommandOutput> = (
  input,
  { world }
) => {
  const fields = {
    ...VPC_ID,
    'subnet-id': ({ id }: Thing) => [id],
    'availability-zone': field('AvailabilityZone')
  };
  const all = found(world, 'AWS::EC2::Subnet', input.SubnetIds, input.Filters, fields);
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    Subnets: items.map(subnet => ({
      SubnetId: subnet.id,
      SubnetArn: subnet.arn ?? undefined,
      VpcId: textOf(subnet, 'VpcId'),
      CidrBlock: textOf(subnet, 'CidrBlock'),
      AvailabilityZone: textOf(subnet, 'AvailabilityZone'),
      AvailableIpAddressCount: 251,
      MapPublicIpOnLaunch: subnet.properties['MapPublicIpOnLaunch'] === true,
      State: 'available',
      Tags: pairs(subnet.tags)
    }))
  };
};

const describeEndpoints: Action<
  sdk.DescribeVpcEndpointsCommandInput,
  sdk.DescribeVpcEndpointsCommandOutput
> = (input, { world }) => {
  const all = found(world, 'AWS::EC2::VPCEndpoint', input.VpcEndpointIds, input.Filters, {
    ...VPC_ID,
    'vpc-endpoint-id': ({ id }) => [id],
    'service-name': field('ServiceName')
  });
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    VpcEndpoints: items.map(endpoint => ({
      VpcEndpointId: endpoint.id,
      VpcId: textOf(endpoint, 'VpcId'),
      ServiceName: textOf(endpoint, 'ServiceName'),
      VpcEndpointType: (textOf(endpoint, 'VpcEndpointType') || 'Gateway') as sdk.VpcEndpointType,
      State: 'available' as sdk.State,
      SubnetIds: [...listOf(endpoint, 'SubnetIds')],
      CreationTimestamp: new Date(endpoint.createdAt),
      Tags: pairs(endpoint.tags)
    }))
  };
};

const deleteEndpoints: Action<
  sdk.DeleteVpcEndpointsCommandInput,
  sdk.DeleteVpcEndpointsCommandOutput
> = ({ VpcEndpointIds: ids = [] }, { world }) => {
  const missing = ids.filter(id => !world.things.has(id));
  for (const id of ids) world.things.delete(id);
  return {
    Unsuccessful: missing.map(id => ({
      ResourceId: id,
      Error: {
        Code: 'InvalidVpcEndpoint.NotFound',
        Message: `The Vpc Endpoint Id '${id}' does not exist`
      }
    }))
  };
};

const describeCards: Action<
  sdk.DescribeNetworkInterfacesCommandInput,
  sdk.DescribeNetworkInterfacesCommandOutput
> = (input, { world }) => {
  const all = found(world, 'AWS::EC2::NetworkInterface', input.NetworkInterfaceIds, input.Filters, {
    ...VPC_ID,
    'network-interface-id': ({ id }) => [id],
    'subnet-id': field('SubnetId'),
    'group-id': thing => listOf(thing, 'GroupSet'),
    description: field('Description'),
    status: thing => [thing.state]
  });
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    NetworkInterfaces: items.map(card => ({
      NetworkInterfaceId: card.id,
      VpcId: textOf(card, 'VpcId'),
      SubnetId: textOf(card, 'SubnetId'),
      Description: textOf(card, 'Description'),
      Status: card.state as sdk.NetworkInterfaceStatus,
      Groups: listOf(card, 'GroupSet').map(id => ({ GroupId: id })),
      TagSet: pairs(card.tags)
    }))
  };
};

const deleteCard: Action<
  sdk.DeleteNetworkInterfaceCommandInput,
  sdk.DeleteNetworkInterfaceCommandOutput
> = ({ NetworkInterfaceId: id = '' }, { world }) => {
  const card = world.things.get(id);
  if (card === undefined) throw notFound('AWS::EC2::NetworkInterface', id);
  if (card.state === 'in-use') {
    throw new ApiError('InvalidParameterValue', `Network interface '${id}' is currently in use.`);
  }
  world.things.delete(id);
  return {};
};

const describeNats: Action<
  sdk.DescribeNatGatewaysCommandInput,
  sdk.DescribeNatGatewaysCommandOutput
> = (input, { world }) => {
  const all = found(world, 'AWS::EC2::NatGateway', input.NatGatewayIds, input.Filter, {
    ...VPC_ID,
    state: () => ['available']
  });
  const { items, next } = paged(world, all, input);
  return {
    NextToken: next,
    NatGateways: items.map(nat => ({
      NatGatewayId: nat.id,
      SubnetId: textOf(nat, 'SubnetId'),
      State: 'available',
      CreateTime: new Date(nat.createdAt),
      Tags: pairs(nat.tags)
    }))
  };
};

export const networkActions = {
  DescribeVpcs: describeVpcs,
  DescribeSubnets: describeSubnets,
  DescribeVpcEndpoints: describeEndpoints,
  DeleteVpcEndpoints: deleteEndpoints,
  DescribeNetworkInterfaces: describeCards,
  DeleteNetworkInterface: deleteCard,
  DescribeNatGateways: describeNats
};
