import assert from 'node:assert/strict';
import type { EC2, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { need, type Account } from '../account.ts';

/** First and last address of a block, as numbers. */
function range(cidr: string): readonly [number, number] {
  const [address = '', bits = ''] = cidr.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1];
}

function nameOf({ Tags = [] }: Subnet | RouteTable, environment: string): string {
  const name = need(Tags.find(tag => tag.Key === 'Name')?.Value, 'name');
  return name.replace(`headrace-${environment}-`, '');
}

interface Network {
  readonly vpc: string;
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
}

async function read(ec2: EC2, vpc: string): Promise<Network> {
  const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
  const { Subnets: subnets = [] } = await ec2.describeSubnets({ Filters });
  const { RouteTables: tables = [] } = await ec2.describeRouteTables({ Filters });
  const isMain = ({ Associations = [] }: RouteTable) => Associations.some(one => one.Main === true);
  return { vpc, subnets, tables: tables.filter(table => !isMain(table)) };
}

/** Blocks lie in that of the VPC, and no two share an address. */
function checkBlocks(network: string, subnets: readonly Subnet[]): void {
  const [first, last] = range(network);
  const blocks = subnets.map(one => range(need(one.CidrBlock))).sort(([a], [b]) => a - b);
  for (const [from, to] of blocks) assert.ok(from >= first && to <= last, `${from} to ${to}`);
  blocks.slice(1).forEach(([from], index) => {
    assert.ok(from > need(blocks[index])[1], `${from} is in two subnets`);
  });
}

/** One subnet of each kind in each zone; only machines in public subnets get public addresses. */
function checkSubnets({ subnets }: Network, { spec, resolved }: Account): void {
  const kinds = spec.subnets === 'private' ? ['private', 'public'] : ['public'];
  const wanted = kinds.flatMap(kind =>
    resolved.zones.map((zone, index) => `${kind}-${index + 1} in ${zone}`)
  );
  const found = subnets.map(one => `${nameOf(one, spec.name)} in ${one.AvailabilityZone}`);
  assert.deepEqual(found.sort(), wanted.sort());
  for (const one of subnets)
    assert.equal(one.MapPublicIpOnLaunch, spec.subnets === 'public', nameOf(one, spec.name));
}

async function gateways(ec2: EC2, { vpc, subnets }: Network, { spec }: Account) {
  const { InternetGateways: internet = [] } = await ec2.describeInternetGateways({
    Filters: [{ Name: 'attachment.vpc-id', Values: [vpc] }]
  });
  assert.equal(internet.length, 1);
  const { NatGateways: nats = [] } = await ec2.describeNatGateways({
    Filter: [{ Name: 'vpc-id', Values: [vpc] }]
  });
  assert.equal(nats.length, spec.subnets === 'private' ? 1 : 0);
  for (const { SubnetId, State, NatGatewayAddresses: addresses = [] } of nats) {
    const place = need(subnets.find(one => one.SubnetId === SubnetId));
    assert.equal(nameOf(place, spec.name), 'public-1');
    assert.equal(State, 'available');
    assert.ok(addresses[0]?.AllocationId !== undefined);
  }
  return { internet: internet[0]?.InternetGatewayId, nat: nats[0]?.NatGatewayId };
}

/** The bucket is reached from every table without the NAT gateway. */
async function checkEndpoint(ec2: EC2, { vpc, tables }: Network, { spec }: Account) {
  const { VpcEndpoints: [endpoint, ...others] = [] } = await ec2.describeVpcEndpoints({
    Filters: [{ Name: 'vpc-id', Values: [vpc] }]
  });
  assert.deepEqual(others, []);
  assert.equal(endpoint?.VpcEndpointType, 'Gateway');
  assert.equal(endpoint.ServiceName, `com.amazonaws.${spec.region}.s3`);
  const ids = tables.map(table => need(table.RouteTableId));
  assert.deepEqual([...(endpoint.RouteTableIds ?? [])].sort(), ids.sort());
  return need(endpoint.VpcEndpointId);
}

/** The routes of a table, without that to the S3 endpoint, and the subnets that it is for. */
function routesOf({ Routes: routes = [] }: RouteTable, endpoint: string): readonly string[] {
  return routes
    .filter(route => route.GatewayId !== endpoint)
    .map(route => `${route.DestinationCidrBlock} ${route.NatGatewayId ?? route.GatewayId}`)
    .sort();
}

function subnetsOf({ Associations: associations = [] }: RouteTable, subnets: readonly Subnet[]) {
  const ids = new Set(associations.map(one => one.SubnetId));
  return subnets.filter(one => ids.has(one.SubnetId));
}

/** A network of the environment's own: its blocks, its two ways to the internet, and the one to S3. */
export async function checkNetwork(account: Account): Promise<void> {
  const { spec, resolved, applied, clients } = account;
  const ec2 = await clients.ec2();
  const VpcId = need(applied.outputs.net?.['VpcId']);
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({ VpcIds: [VpcId] });
  assert.equal(vpc?.CidrBlock, '10.0.0.0/16');
  for (const Attribute of ['enableDnsSupport', 'enableDnsHostnames'] as const) {
    const { EnableDnsSupport, EnableDnsHostnames } = await ec2.describeVpcAttribute({
      VpcId,
      Attribute
    });
    assert.equal((EnableDnsSupport ?? EnableDnsHostnames)?.Value, true, Attribute);
  }
  const network = await read(ec2, VpcId);
  checkBlocks(vpc.CidrBlock, network.subnets);
  checkSubnets(network, account);
  const { internet, nat } = await gateways(ec2, network, account);
  const endpoint = await checkEndpoint(ec2, network, account);
  const ways = { public: internet, ...(spec.subnets === 'private' ? { private: nat } : {}) };
  const wanted = Object.entries(ways).map(([kind, way]) => ({
    kind,
    routes: [`0.0.0.0/0 ${way}`, '10.0.0.0/16 local'],
    subnets: resolved.zones.map((_, index) => `${kind}-${index + 1}`)
  }));
  const found = network.tables.map(table => ({
    kind: nameOf(table, spec.name),
    routes: routesOf(table, endpoint),
    subnets: subnetsOf(table, network.subnets)
      .map(one => nameOf(one, spec.name))
      .sort()
  }));
  const byKind = (a: { readonly kind: string }, b: { readonly kind: string }) =>
    a.kind.localeCompare(b.kind);
  assert.deepEqual(found.sort(byKind), wanted.sort(byKind));
}

/** In somebody else's network nothing is made that routes. */
export async function checkGivenNetwork({ spec, applied, clients }: Account): Promise<void> {
  assert.ok(spec.vpc !== 'new');
  assert.equal(applied.outputs.net?.['VpcId'], spec.vpc.id);
  assert.equal(applied.outputs.net['SubnetIds'], spec.vpc.subnets.join(','));
  const ec2 = await clients.ec2();
  const { subnets, tables } = await read(ec2, spec.vpc.id);
  assert.deepEqual(subnets.map(one => need(one.SubnetId)).sort(), [...spec.vpc.subnets].sort());
  assert.deepEqual(tables, []);
  const { NatGateways: nats } = await ec2.describeNatGateways({});
  const { VpcEndpoints: endpoints } = await ec2.describeVpcEndpoints({});
  assert.deepEqual([nats, endpoints], [[], []]);
}
