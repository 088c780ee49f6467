import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Ask } from '../../../fakes/aws/server/asks.ts';
import { isRecord, textIn } from '../../../fakes/aws/server/wire/checked.ts';
import type { FakeAws } from '../../../fakes/aws/server/start.ts';
import type { Thing, Work } from '../../../fakes/aws/server/world/world.ts';
import { unneeded } from './unneeded.ts';

const actions = z.array(z.string());
/**
 * What the handlers of CloudFormation ask for by type, of the registry's schemas as of May 2025; that of
 * `AWS::EMR::Cluster`, which is older than the registry, is written from the API of EMR.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
const HANDLERS = z
  .record(
    z.string(),
    z.object({ create: actions, read: actions, update: actions, delete: actions })
  )
  .parse(JSON.parse(readFileSync(new URL('handlers.json', import.meta.url), 'utf8')));

const MAKES = /:(Create(?!Grant)|Run|Allocate)/;

/** What CloudFormation asks IAM in the name of its caller for one piece of its work. */
export function stackAsks(aws: FakeAws, { type, verb, thing }: Work): readonly Ask[] {
  const handler = HANDLERS[type];
  if (handler === undefined) throw new Error(`The test does not know the handler of ${type}`);
  const names = new Set([...handler[verb], ...(verb === 'delete' ? [] : handler.read)]);
  return [...names]
    .filter(action => unneeded(type, action) === null)
    .flatMap(action => askFor(aws, action, thing, type));
}

function askFor(aws: FakeAws, action: string, thing: Thing, type: string): readonly Ask[] {
  const context = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
  if (action === 'iam:PassRole')
    return passed(aws, thing, type).map(([resource, service]) => ({
      action,
      resource,
      context: { ...context, 'iam:PassedToService': service }
    }));
  if (action === 'iam:CreateServiceLinkedRole') return [{ ...serviceRole(aws, type), action }];
  if (/^iam:AttachRolePolicy$/.test(action))
    return textsIn(thing.properties['ManagedPolicyArns']).map(policy => ({
      action,
      resource: thing.arn ?? '',
      context: { ...context, 'iam:PolicyARN': policy }
    }));
  if (action === 'ec2:CreateNetworkInterface' && type.startsWith('AWS::EMRServerless'))
    return [
      {
        action,
        resource: `arn:aws:ec2:${aws.region}:${aws.account}:network-interface/*`,
        context: { ...context, 'aws:CalledViaLast': 'ops.emr-serverless.amazonaws.com' }
      }
    ];
  // Brokers ask for the authority of their clients where they have one.
  if (type === 'AWS::MSK::Cluster' && action.startsWith('acm-pca:'))
    if (!allTexts(thing.properties).some(text => text.startsWith('arn:aws:acm-pca:'))) return [];
  const tags = MAKES.test(action) ? {} : prefixed(thing.tags);
  return [{ action, resource: resourceOf(aws, action, thing), context: { ...context, ...tags } }];
}

const prefixed = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value])
  );

/** Reads that know no resource, and what is there before it has a name, are asked for all. */
const WIDE = /^(ec2:|logs:.*(Delivery|Deliveries|ResourcePolic|DescribeLogGroups))/;

/** By service, where the resource is not the one that is made. */
const ABOUT: Readonly<Record<string, (aws: FakeAws, name: string, thing: Thing) => string | null>> =
  {
    s3(_, name, { id, properties }) {
      const bucket = textIn(properties['Bucket'], id);
      return `arn:aws:s3:::${bucket}${/Object(Version)?$/.test(name) ? '/*' : ''}`;
    },
    eks: ({ region, account }, name, { properties }) =>
      name.startsWith('Create')
        ? `arn:aws:eks:${region}:${account}:cluster/${textIn(properties['ClusterName'])}`
        : null,
    iam: (_, __, { arn, properties }) => textIn(properties['RoleArn'], arn ?? '*'),
    kms: ({ worked }, _, { arn, type }) =>
      type === 'AWS::KMS::Key'
        ? arn
        : (worked.find(work => work.type === 'AWS::KMS::Key')?.thing.arn ?? '*'),
    secretsmanager: (_, name, { properties }) =>
      name.endsWith('ResourcePolicy') ? textIn(properties['SecretId']) : null
  };

function resourceOf(aws: FakeAws, action: string, thing: Thing): string {
  const [service = '', name = ''] = action.split(':');
  if (WIDE.test(action)) return '*';
  const about = ABOUT[service]?.(aws, name, thing) ?? null;
  if (about !== null) return about;
  const known = [thing.arn ?? '', ...allTexts(thing.properties)];
  return known.find(arn => arn.startsWith(`arn:aws:${service}:`)) ?? '*';
}

function allTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTexts) : [];
}

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string');

/** Roles that a resource is given, and to which service. */
function passed(
  { world }: FakeAws,
  { properties }: Thing,
  type: string
): readonly (readonly [string, string])[] {
  const arn = (name: unknown): string => `arn:aws:iam::${world.account}:role/${String(name)}`;
  switch (type) {
    case 'AWS::EMR::Cluster':
      return [
        [arn(properties['JobFlowRole']), 'ec2.amazonaws.com'],
        [arn(String(properties['ServiceRole']).split('/').at(-1)), 'elasticmapreduce.amazonaws.com']
      ];
    case 'AWS::EKS::PodIdentityAssociation':
      return [[String(properties['RoleArn']), 'pods.eks.amazonaws.com']];
    case 'AWS::IAM::InstanceProfile':
      return textsIn(properties['Roles']).map(name => [arn(name), 'ec2.amazonaws.com']);
    case 'AWS::EC2::Instance':
      return profileNames(properties).map(name => [arn(name), 'ec2.amazonaws.com']);
    default:
      throw new Error(`The test does not know which role ${type} is given`);
  }
}

/** Profiles have the names of their roles. */
function profileNames(properties: Readonly<Record<string, unknown>>): readonly string[] {
  const data = properties['LaunchTemplateData'];
  const own = isRecord(data) ? data['IamInstanceProfile'] : properties['IamInstanceProfile'];
  const name = isRecord(own) ? own['Name'] : own;
  return typeof name === 'string' ? [name] : [];
}

const LINKED: Readonly<Record<string, string>> = {
  'AWS::MSK::Cluster': 'kafka.amazonaws.com',
  'AWS::EMR::Cluster': 'elasticmapreduce.amazonaws.com',
  'AWS::EMRServerless::Application': 'ops.emr-serverless.amazonaws.com',
  'AWS::EMRContainers::VirtualCluster': 'emr-containers.amazonaws.com'
};

function serviceRole({ account }: FakeAws, type: string): Pick<Ask, 'resource' | 'context'> {
  const service = LINKED[type] ?? '';
  return {
    resource: `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRole`,
    context: { 'iam:AWSServiceName': service }
  };
}
