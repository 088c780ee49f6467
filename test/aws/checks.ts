import assert from 'node:assert/strict';
import type { AwsClients } from '../../src/runtime/aws/control/clients.ts';
import { TAGS, type Layer } from '../../src/runtime/aws/environment/spec.ts';
import type { Standing } from './deploy.ts';
import { routesOf, rulesOf } from './ec2-view.ts';
import { expectedRules } from './expected-rules.ts';

const list = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(',');

function idsOf({ layers }: Standing, layer: Layer, type: string): readonly string[] {
  const { template, names } = layers[layer];
  return Object.entries(template.Resources).flatMap(([id, { Type }]) =>
    Type === type ? [names[id] ?? ''] : []
  );
}

/** Public subnets lead to the internet, private ones to the NAT gateway in a public one, all of them to S3 directly. */
export async function checkRoutes(clients: AwsClients, standing: Standing): Promise<void> {
  const { of, net, layers } = standing;
  if (of.spec.vpc !== 'new') {
    assert.deepEqual(idsOf(standing, 'net', 'AWS::EC2::RouteTable'), []);
    return;
  }
  const ec2 = await clients.ec2();
  const { InternetGateway: internet = '', S3Endpoint: s3 = '' } = layers.net.names;
  const isPrivate = of.spec.subnets === 'private';
  const machines = list(net['SubnetIds']);
  const open = isPrivate ? list(net['PublicSubnetIds']) : machines;
  assert.equal(machines.length, of.resolved.zones.length);
  const Filters = [{ Name: 'vpc-id', Values: [net['VpcId'] ?? ''] }];
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  assert.equal(Subnets.length, isPrivate ? 2 * machines.length : machines.length);
  const { NatGateways = [] } = await ec2.describeNatGateways({ Filter: Filters });
  assert.equal(NatGateways.length, isPrivate ? 1 : 0);
  const nat = NatGateways[0]?.NatGatewayId ?? '';
  if (isPrivate) assert.ok(open.includes(NatGateways[0]?.SubnetId ?? ''));
  for (const { SubnetId: subnet = '', AvailabilityZone, MapPublicIpOnLaunch } of Subnets) {
    const isOpen = open.includes(subnet);
    const { '0.0.0.0/0': everywhere, ...others } = await routesOf(ec2, subnet);
    assert.equal(everywhere, isOpen ? internet : nat);
    assert.deepEqual(Object.values(others), [s3]);
    assert.equal(MapPublicIpOnLaunch, !isPrivate);
    assert.ok(of.resolved.zones.includes(AvailabilityZone ?? ''));
  }
  const { InternetGateways = [] } = await ec2.describeInternetGateways({
    InternetGatewayIds: [internet]
  });
  assert.equal(InternetGateways[0]?.Attachments?.[0]?.VpcId, net['VpcId']);
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({ VpcEndpointIds: [s3] });
  assert.equal(VpcEndpoints[0]?.VpcEndpointType, 'Gateway');
  assert.equal(VpcEndpoints[0].ServiceName, `com.amazonaws.${of.spec.region}.s3`);
}

/** All rules of all groups of the environment, both ways. */
export async function checkRules(clients: AwsClients, standing: Standing): Promise<void> {
  const ec2 = await clients.ec2();
  const names = Object.assign({}, ...Object.values(standing.layers).map(one => one.names)) as Record<
    string,
    string
  >;
  const expected = expectedRules(standing);
  const groups = (['net', 'kafka', 'spark'] as const).flatMap(layer =>
    idsOf(standing, layer, 'AWS::EC2::SecurityGroup')
  );
  assert.equal(groups.length, Object.keys(expected).length);
  for (const [id, { in: incoming, out }] of Object.entries(expected))
    assert.deepEqual(
      await rulesOf(ec2, names[id] ?? ''),
      { vpc: standing.net['VpcId'], in: incoming, out },
      id
    );
}

/** Encrypted, closed to the public, through TLS only, and known as ours by its tags. */
export async function checkBucket(clients: AwsClients, { of, net }: Standing): Promise<void> {
  const s3 = await clients.s3();
  const Bucket = net['BucketName'] ?? '';
  const { Buckets = [] } = await s3.listBuckets();
  assert.deepEqual(
    Buckets.map(one => one.Name),
    [Bucket]
  );
  const { LocationConstraint } = await s3.getBucketLocation({ Bucket });
  assert.equal(LocationConstraint, of.spec.region);
  const encryption = await s3.getBucketEncryption({ Bucket });
  const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
  assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
  const access = await s3.getPublicAccessBlock({ Bucket });
  assert.deepEqual(access.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true
  });
  const { Policy } = await s3.getBucketPolicy({ Bucket });
  assert.deepEqual(JSON.parse(Policy ?? ''), {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyThroughTls',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*'],
        Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } }
      }
    ]
  });
  const { TagSet = [] } = await s3.getBucketTagging({ Bucket });
  const tags = Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]));
  assert.equal(tags[TAGS.environment], of.spec.name);
  assert.equal(tags[TAGS.notebook], of.resolved.notebook);
  assert.equal(tags[TAGS.expiresAt], new Date(of.resolved.expiresAt).toISOString());
}
