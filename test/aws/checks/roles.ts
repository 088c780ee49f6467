import assert from 'node:assert/strict';
import type { IAM, Role } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { need, type Account } from '../account.ts';
import { CLUSTER_ARN } from '../for-moto.ts';

interface WantedRole {
  readonly trusts: string;
  /** Policies that AWS keeps. */
  readonly managed: readonly string[];
  /** Services of the actions that it may take. */
  readonly services: readonly string[];
}

const MACHINE: WantedRole = {
  trusts: 'ec2.amazonaws.com',
  managed: ['AmazonSSMManagedInstanceCore'],
  services: ['s3']
};

const oneOrMore = <T extends z.ZodType>(one: T) =>
  z.union([one.transform(value => [value]), z.array(one)]);
const documentSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Principal: z.object({ Service: z.string() }).optional(),
      Action: oneOrMore(z.string()),
      Resource: oneOrMore(z.string()).default([]),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({})
    })
  )
});
type Statement = z.infer<typeof documentSchema>['Statement'][number];

function statementsOf(text: string | undefined): readonly Statement[] {
  return documentSchema.parse(JSON.parse(decodeURIComponent(need(text)))).Statement;
}

/** Roles of machines of Kafka, by the ends of their names. */
function kafkaRoles({ spec }: Account): Readonly<Record<string, WantedRole>> {
  if (spec.kafka !== 'ec2') return {};
  const hasBastion = spec.vpc === 'new' && spec.subnets === 'private';
  return { broker: MACHINE, ...(hasBastion ? { bastion: MACHINE } : {}) };
}

function sparkRoles({ spec }: Account): Readonly<Record<string, WantedRole>> {
  const usesIam = spec.kafka !== 'ec2' && spec.kafkaAuth === 'iam';
  const login = spec.kafkaAuth === 'scram' ? ['kms', 'secretsmanager'] : [];
  const noCatalog = spec.spark === 'emr-serverless' && spec.subnets === 'public';
  const services = [
    ...(noCatalog ? [] : ['glue']),
    ...(usesIam ? ['kafka-cluster'] : []),
    's3',
    ...login
  ].sort();
  const execution = (trusts: string) => ({ execution: { trusts, managed: [], services } });
  if (spec.spark === 'emr-serverless') return execution('emr-serverless.amazonaws.com');
  if (spec.spark === 'emr-eks') return execution('pods.eks.amazonaws.com');
  return {
    node: { ...MACHINE, services },
    'emr-service': {
      trusts: 'elasticmapreduce.amazonaws.com',
      managed: ['AmazonEMRServicePolicy_v2'],
      services: spec.vpc === 'new' ? ['iam'] : ['ec2', 'iam']
    }
  };
}

async function inlineStatements(iam: IAM, RoleName: string): Promise<readonly Statement[]> {
  const { PolicyNames: names = [] } = await iam.listRolePolicies({ RoleName });
  const read = names.map(async PolicyName =>
    statementsOf((await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument)
  );
  return (await Promise.all(read)).flat();
}

/** No statement is for all actions or all resources; the bucket is that of the environment. */
function checkStatements(statements: readonly Statement[], bucket: string): void {
  for (const { Action, Resource, Condition } of statements) {
    for (const action of Action) assert.match(action, /^[a-z0-9-]+:[A-Za-z]+$/);
    for (const resource of Resource) {
      assert.match(resource, /^arn:aws:[^*]+/);
      const isBucket = resource.startsWith(`arn:aws:s3:::${bucket}`);
      const isEmr = /^arn:aws:s3:::[a-z0-9-]+\.elasticmapreduce\/\*$/.test(resource);
      if (resource.startsWith('arn:aws:s3:::')) assert.ok(isBucket || isEmr, resource);
    }
    if (Action.includes('kafka-cluster:Connect')) assert.deepEqual(Resource, [CLUSTER_ARN]);
    if (Action.includes('iam:PassRole'))
      assert.deepEqual(Object.keys(Condition['StringLike'] ?? {}), ['iam:PassedToService']);
  }
}

async function readRole(account: Account, { RoleName = '' }: Role): Promise<[string, WantedRole]> {
  const { iam, spec, applied } = account;
  const { Role: role } = await iam.getRole({ RoleName });
  const name = need(role?.Tags?.find(tag => tag.Key === 'Name')?.Value);
  const trust = statementsOf(role?.AssumeRolePolicyDocument);
  assert.equal(trust.length, 1);
  const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName });
  const statements = await inlineStatements(iam, RoleName);
  checkStatements(statements, need(applied.outputs.net?.['BucketName']));
  const services = statements.flatMap(one => one.Action).map(action => action.split(':')[0] ?? '');
  return [
    name.replace(`headrace-${spec.name}-`, ''),
    {
      trusts: need(trust[0]?.Principal?.Service),
      managed: attached.map(one => need(one.PolicyName)),
      services: [...new Set(services)].sort()
    }
  ];
}

/** EMR takes a profile only under the name of its role; each profile has one role. */
async function checkProfiles({ iam, spec }: Account, roles: readonly Role[]): Promise<void> {
  const { InstanceProfiles: profiles = [] } = await iam.listInstanceProfiles({});
  for (const { InstanceProfileName } of profiles) {
    const { InstanceProfile: profile } = await iam.getInstanceProfile({ InstanceProfileName });
    assert.equal(profile?.Roles?.length, 1, InstanceProfileName);
  }
  if (spec.spark !== 'emr-ec2') return;
  const node = `headrace-${spec.name}-${spec.region}-node`;
  assert.ok(roles.some(one => one.RoleName === node));
  const { InstanceProfile: profile } = await iam.getInstanceProfile({ InstanceProfileName: node });
  assert.deepEqual(
    profile?.Roles?.map(one => one.RoleName),
    [node]
  );
}

/** The roles that are needed and no other; whom each trusts, and the services that it may call. */
export async function checkRoles(account: Account): Promise<void> {
  const { Roles: roles = [] } = await account.iam.listRoles({});
  const found = await Promise.all(roles.map(role => readRole(account, role)));
  const wanted = { ...kafkaRoles(account), ...sparkRoles(account) };
  assert.deepEqual(Object.fromEntries(found), wanted);
  assert.equal(roles.length, Object.keys(wanted).length);
  await checkProfiles(account, roles);
}
