import type * as sdk from '@aws-sdk/client-ec2';
import { ApiError } from '../../wire/failure.ts';
import { textOf, thingsOf, type Thing, type World } from '../../world/world.ts';
import { pageOf, type Page } from '../service.ts';

type Filters = readonly sdk.Filter[] | undefined;

/** Fields of a thing by the name of the filter; a filter that is not known is a mistake of the test. */
export type Fields = Readonly<Record<string, (thing: Thing) => readonly string[]>>;

export const field = (name: string) => (thing: Thing) => [textOf(thing, name)];
export const VPC_ID = { 'vpc-id': field('VpcId') };

export function found(
  world: World,
  type: string,
  ids: readonly string[] | undefined,
  filters: Filters,
  fields: Fields
): readonly Thing[] {
  const all = thingsOf(world, type);
  const missing = ids?.find(id => !all.some(thing => thing.id === id));
  if (missing !== undefined) throw notFound(type, missing);
  const chosen = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
  return chosen.filter(thing => (filters ?? []).every(filter => passes(thing, filter, fields)));
}

const NOT_FOUND: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'InvalidGroup.NotFound',
  'AWS::EC2::Subnet': 'InvalidSubnetID.NotFound',
  'AWS::EC2::VPC': 'InvalidVpcID.NotFound',
  'AWS::EC2::VPCEndpoint': 'InvalidVpcEndpointId.NotFound',
  'AWS::EC2::Instance': 'InvalidInstanceID.NotFound',
  'AWS::EC2::NatGateway': 'NatGatewayNotFound',
  'AWS::EC2::Volume': 'InvalidVolume.NotFound'
};

export const notFound = (type: string, id: string): ApiError =>
  new ApiError(
    NOT_FOUND[type] ?? 'InvalidNetworkInterfaceID.NotFound',
    `The ID '${id}' does not exist`
  );

function passes(
  thing: Thing,
  { Name: name = '', Values: values = [] }: sdk.Filter,
  fields: Fields
): boolean {
  const held = heldBy(thing, name, fields);
  return held.some(value => values.some(pattern => matches(value, pattern)));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html, wildcards of filters */
const matches = (value: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`
  ).test(value);

function heldBy(thing: Thing, name: string, fields: Fields): readonly string[] {
  if (name.startsWith('tag:')) {
    const value = thing.tags[name.slice(4)];
    return value === undefined ? [] : [value];
  }
  if (name === 'tag-key') return Object.keys(thing.tags);
  const get = fields[name];
  if (get === undefined)
    throw new ApiError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return get(thing);
}

export interface Paged {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

export const paged = (world: World, things: readonly Thing[], input: Paged): Page<Thing> =>
  pageOf(world, things, input.NextToken, input.MaxResults ?? world.pageSize);
