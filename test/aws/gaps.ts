import assert from 'node:assert/strict';
import type { IpPermission } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { AwsClients } from '../../src/runtime/aws/control/clients.ts';
import type { Value } from '../../src/runtime/aws/template/types.ts';
import type { StandingLayer } from './deploy.ts';
import { attachRolePolicy } from './iam.ts';
import { resolveValue } from './resolve-value.ts';

/**
 * Types that moto's CloudFormation passes over without a word. What these tests can therefore never show: that MSK, EMR
 * Serverless, EMR on EKS, Secrets Manager's and the private authority's parts of a template are taken by AWS; cfn-lint
 * and the schemas in `test/runtime/aws/template` speak for those. The rules out and the policy of the bucket are made
 * by {@link fillGaps}.
 */
const SKIPPED =
  /^AWS::(?:MSK|EMRServerless|EMRContainers|EKS|ACMPCA)::|^AWS::EC2::(?:SecurityGroupEgress|EIPAssociation)$|^AWS::S3::BucketPolicy$/;

export function isSkipped(type: string): boolean {
  return SKIPPED.test(type);
}

const ruleSchema = z.object({
  IpProtocol: z.string(),
  FromPort: z.number(),
  ToPort: z.number(),
  CidrIp: z.string().optional(),
  DestinationSecurityGroupId: z.string().optional(),
  Description: z.string()
});
const egressSchema = ruleSchema.extend({ GroupId: z.string() });
const groupSchema = z.object({ SecurityGroupEgress: z.array(ruleSchema).min(1) });
const vpcSchema = z.object({ EnableDnsSupport: z.boolean(), EnableDnsHostnames: z.boolean() });
const subnetSchema = z.object({ MapPublicIpOnLaunch: z.boolean() });
const interfaceSchema = z.object({ GroupSet: z.array(z.string()).min(1) });
const addressUseSchema = z.object({ AllocationId: z.string(), NetworkInterfaceId: z.string() });
const roleSchema = z.object({ ManagedPolicyArns: z.array(z.string()).default([]) });
const bucketSchema = z.object({
  PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()),
  OwnershipControls: z.object({
    Rules: z.array(z.object({ ObjectOwnership: z.literal('BucketOwnerEnforced') }))
  })
});
const bucketPolicySchema = z.object({ Bucket: z.string(), PolicyDocument: z.unknown() });

/** Everything out, which EC2 gives to a new group. */
const ANYTHING: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

function permission(rule: z.infer<typeof ruleSchema>): IpPermission {
  const { CidrIp, DestinationSecurityGroupId: GroupId, Description, ...range } = rule;
  return {
    ...range,
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, Description }] }),
    ...(GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId, Description }] })
  };
}

type Fill = (clients: AwsClients, id: string, properties: Value) => Promise<void>;

/**
 * Resources that moto's CloudFormation skips, and properties that it does not read, in the order in which they are
 * made. It does not read either: the template and the interface of a machine, the rules of a bucket's lifecycle, and tags
 * of gateways, tables, addresses and endpoints.
 */
const FILLS: readonly (readonly [type: string, fill: Fill])[] = [
  [
    'AWS::EC2::VPC',
    async (clients, VpcId, properties) => {
      const { EnableDnsSupport, EnableDnsHostnames } = vpcSchema.parse(properties);
      const ec2 = await clients.ec2();
      await ec2.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: EnableDnsSupport } });
      await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: EnableDnsHostnames } });
    }
  ],
  [
    'AWS::EC2::Subnet',
    async (clients, SubnetId, properties) => {
      const { MapPublicIpOnLaunch: Value } = subnetSchema.parse(properties);
      const ec2 = await clients.ec2();
      await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value } });
    }
  ],
  [
    'AWS::EC2::SecurityGroup',
    async (clients, GroupId, properties) => {
      const { SecurityGroupEgress: rules } = groupSchema.parse(properties);
      const ec2 = await clients.ec2();
      await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [ANYTHING] });
      await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: rules.map(permission) });
    }
  ],
  [
    'AWS::EC2::SecurityGroupEgress',
    async (clients, _id, properties) => {
      const { GroupId, ...rule } = egressSchema.parse(properties);
      const ec2 = await clients.ec2();
      await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [permission(rule)] });
    }
  ],
  [
    'AWS::EC2::NetworkInterface',
    async (clients, NetworkInterfaceId, properties) => {
      const { GroupSet: Groups } = interfaceSchema.parse(properties);
      const ec2 = await clients.ec2();
      await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups });
    }
  ],
  [
    'AWS::EC2::EIPAssociation',
    async (clients, _id, properties) => {
      const { AllocationId: address, NetworkInterfaceId } = addressUseSchema.parse(properties);
      const ec2 = await clients.ec2();
      const { Addresses = [] } = await ec2.describeAddresses({ PublicIps: [address] });
      const AllocationId = Addresses[0]?.AllocationId;
      assert.ok(AllocationId !== undefined);
      await ec2.associateAddress({ AllocationId, NetworkInterfaceId });
    }
  ],
  [
    'AWS::IAM::Role',
    async (_clients, role, properties) => {
      const { ManagedPolicyArns } = roleSchema.parse(properties);
      for (const policy of ManagedPolicyArns) await attachRolePolicy(role, policy);
    }
  ],
  [
    'AWS::S3::Bucket',
    async (clients, Bucket, properties) => {
      const { PublicAccessBlockConfiguration, OwnershipControls } = bucketSchema.parse(properties);
      const s3 = await clients.s3();
      await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
      await s3.putBucketOwnershipControls({ Bucket, OwnershipControls });
    }
  ],
  [
    'AWS::S3::BucketPolicy',
    async (clients, _id, properties) => {
      const { Bucket, PolicyDocument } = bucketPolicySchema.parse(properties);
      const s3 = await clients.s3();
      await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify(PolicyDocument) });
    }
  ]
];

/** The properties that each fill reads, so that nothing has to be known of the others. */
const READ: readonly string[] = [
  ...Object.keys(egressSchema.shape),
  ...[vpcSchema, groupSchema, subnetSchema, interfaceSchema, addressUseSchema].flatMap(schema =>
    Object.keys(schema.shape)
  ),
  ...[roleSchema, bucketSchema, bucketPolicySchema].flatMap(schema => Object.keys(schema.shape))
];

/** Makes by their own interfaces what moto's CloudFormation leaves out, with the values of the template. */
export async function fillGaps(clients: AwsClients, layer: StandingLayer): Promise<void> {
  for (const [type, fill] of FILLS)
    for (const [id, resource] of Object.entries(layer.template.Resources)) {
      if (resource.Type !== type) continue;
      const read = Object.entries(resource.Properties ?? {}).filter(([name]) => READ.includes(name));
      const properties = resolveValue(Object.fromEntries(read), layer.names);
      await fill(clients, layer.names[id] ?? id, properties);
    }
}
