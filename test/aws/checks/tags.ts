import assert from 'node:assert/strict';
import type { EC2 } from '@aws-sdk/client-ec2';
import { need, type Account } from '../account.ts';

const EMR_TAG = 'for-use-with-amazon-emr-managed-policies';

type Tags = Readonly<Record<string, string>>;

function tagsOf(
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] = []
): Tags {
  return Object.fromEntries(list.map(({ Key, Value }) => [need(Key), need(Value)]));
}

/** Everything in EC2 that can have tags and was made by a stack, with what it is. */
async function taggable(ec2: EC2): Promise<ReadonlyMap<string, string>> {
  const { Addresses = [] } = await ec2.describeAddresses({});
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({});
  const { LaunchTemplates = [] } = await ec2.describeLaunchTemplates({});
  const { Volumes = [] } = await ec2.describeVolumes({});
  const { NatGateways = [] } = await ec2.describeNatGateways({});
  const all: [string | undefined, string][] = [
    ...Addresses.map(one => [one.AllocationId, 'address'] as [string | undefined, string]),
    ...VpcEndpoints.map(one => [one.VpcEndpointId, 'endpoint'] as [string | undefined, string]),
    ...LaunchTemplates.map(one => [one.LaunchTemplateId, 'launch template'] as [string, string]),
    ...Volumes.map(one => [one.VolumeId, 'volume'] as [string | undefined, string]),
    ...NatGateways.map(one => [one.NatGatewayId, 'NAT gateway'] as [string | undefined, string])
  ];
  return new Map(all.map(([id, what]) => [need(id), what]));
}

/** Types of EC2 whose physical identity in the stack is that by which tags are kept. */
const BY_IDENTITY =
  /^AWS::EC2::(?:VPC|Subnet|RouteTable|InternetGateway|NatGateway|VPCEndpoint|SecurityGroup|NetworkInterface|LaunchTemplate|Instance)$/;
/** What EMR works on, by its own policy, only where it has its tag. */
const FOR_EMR =
  /^(?:Vpc|(?:Public|Private)Subnet\d|SparkGroup|PrimaryGroup|CoreGroup|ServiceGroup)$/;

function wantedTags({ spec, resolved }: Account, layer: string, isLaunchTemplate: boolean): Tags {
  const lasting = isLaunchTemplate || (layer === 'kafka' && spec.kafka === 'msk-serverless');
  return {
    'headrace:environment': spec.name,
    'headrace:layer': layer,
    'headrace:owner': resolved.owner,
    'headrace:notebook': resolved.notebook,
    ...(lasting ? {} : { 'headrace:expires-at': new Date(resolved.expiresAt).toISOString() })
  };
}

function assertTagged(found: Tags | undefined, wanted: Tags, what: string): void {
  const own = Object.entries(found ?? {}).filter(([key]) => key.startsWith('headrace:'));
  assert.deepEqual(Object.fromEntries(own), wanted, what);
}

async function checkStack(
  account: Account,
  layer: 'net' | 'kafka' | 'spark',
  tags: ReadonlyMap<string, Tags>
): Promise<void> {
  const { world, spec } = account;
  const { signal } = new AbortController();
  const resources = await world.stacks.resources(`headrace-${spec.name}-${layer}`, signal);
  for (const { type, physicalId, logicalId } of resources) {
    if (!BY_IDENTITY.test(type)) continue;
    const found = tags.get(need(physicalId ?? undefined));
    const isLaunchTemplate = type === 'AWS::EC2::LaunchTemplate';
    assertTagged(found, wantedTags(account, layer, isLaunchTemplate), `${layer} ${logicalId}`);
    const isForEmr = spec.spark === 'emr-ec2' && FOR_EMR.test(logicalId);
    // A subnet that has only a NAT gateway and the bastion is not for EMR's machines.
    const isOnlyWay = spec.subnets === 'private' && logicalId.startsWith('PublicSubnet');
    assert.equal(found?.[EMR_TAG], isForEmr && !isOnlyWay ? 'true' : undefined, logicalId);
  }
}

async function checkRolesAndBucket(account: Account): Promise<void> {
  const { iam, clients, applied } = account;
  const { Roles: roles = [] } = await iam.listRoles({});
  for (const { RoleName } of roles) {
    const { Tags: list = [] } = await iam.listRoleTags({ RoleName });
    const found = tagsOf(list);
    assertTagged(found, wantedTags(account, need(found['headrace:layer']), false), `${RoleName}`);
  }
  const s3 = await clients.s3();
  const Bucket = need(applied.outputs.net?.['BucketName']);
  const { TagSet } = await s3.getBucketTagging({ Bucket });
  assertTagged(tagsOf(TagSet), wantedTags(account, 'net', false), 'bucket');
}

/** Whatever can have tags says whose it is and until when, and EMR finds its own. */
export async function checkTags(account: Account): Promise<void> {
  const ec2 = await account.clients.ec2();
  const { Tags: all = [] } = await ec2.describeTags({});
  const tags = new Map<string, Tags>();
  for (const { ResourceId, Key, Value } of all) {
    const id = need(ResourceId);
    tags.set(id, { ...tags.get(id), [need(Key)]: need(Value) });
  }
  for (const layer of ['net', 'kafka', 'spark'] as const) await checkStack(account, layer, tags);
  // Volumes and addresses have other identities than their resources, or none there.
  for (const [id, what] of await taggable(ec2)) {
    const found = tags.get(id);
    const layer = need(found?.['headrace:layer'], `tag of the ${what} ${id}`);
    assertTagged(found, wantedTags(account, layer, what === 'launch template'), what);
  }
  await checkRolesAndBucket(account);
}
