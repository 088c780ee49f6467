import { permissionsOf } from './permissions.ts';
import type { Caller } from './services/service.ts';
import { findStack } from './cloudformation/stack.ts';
import { isRecord, textIn } from './wire/checked.ts';
import { arnOf, thingsOf, type World } from './world/world.ts';

/** What IAM is asked for a call: an action, what it is done to, and what conditions may look at. */
export interface Ask {
  readonly action: string;
  /** An ARN, or `*` where the action knows no resource or names none. */
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

type Input = Readonly<Record<string, unknown>>;
type Finder = (world: World, input: Input, action: string) => readonly string[];

/** What a call asks for, before it is carried out. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export function asksOf(
  world: World,
  service: string,
  action: string,
  given: unknown,
  caller: Caller
): readonly Ask[] {
  const input = isRecord(given) ? given : {};
  const resources = (RESOURCES[service] ?? nothing)(world, input, action);
  const own = permissionsOf(service, action)
    .filter(name => name !== 'iam:PassRole')
    .flatMap(name => askAbout(world, name, resources, input, caller));
  return [
    ...own,
    ...passedRoles(service, action, input),
    ...tagging(world, service, action, input),
    ...forwarded(world, service, action)
  ];
}

function askAbout(
  world: World,
  action: string,
  resources: readonly string[],
  input: Input,
  caller: Caller
): readonly Ask[] {
  const found = action.startsWith('kafka-cluster:')
    ? [kafkaResource(action, input)]
    : resources.length === 0
      ? ['*']
      : resources;
  return found.map(resource => ({
    action,
    resource,
    context: { 'aws:userid': nameOf(caller), ...tagKeys(world, action, resource) }
  }));
}

const nothing: Finder = () => [];
const nameOf = ({ arn }: Caller): string => arn.split('/').at(-1) ?? arn;

/** Tags of what is there, under the names that conditions use. */
function tagKeys(world: World, action: string, resource: string): Record<string, string> {
  const [, , service = '', , , ...rest] = resource.split(':');
  const owner = service === 'ec2' ? clusterOfInstance(world, rest.join(':')) : resource;
  const thing = [...world.things.values()].find(({ arn, id }) => arn === owner || id === owner);
  const prefix = action.startsWith('ssm:') ? 'ssm:resourceTag/' : 'aws:ResourceTag/';
  return Object.fromEntries(
    Object.entries(thing?.tags ?? {}).map(([name, value]) => [prefix + name, value])
  );
}

/** Nodes have the tags of their cluster. */
function clusterOfInstance(world: World, resource: string): string | null {
  const serial = /^instance\/i-0([0-9a-f]+)\d$/.exec(resource)?.[1]?.toUpperCase();
  return thingsOf(world, 'AWS::EMR::Cluster').find(({ id }) => id === `j-${serial}`)?.arn ?? null;
}

/** Topics and clusters that the API of MSK asks for in the name of the caller. */
function kafkaResource(action: string, input: Input): string {
  const cluster = textIn(input['ClusterArn'], '*');
  if (action === 'kafka-cluster:Connect') return cluster;
  return `${cluster.replace(':cluster/', ':topic/')}/${textIn(input['TopicName'], '*')}`;
}

const stackOf: Finder = (world, input) => {
  const changeSet = world.changeSets.get(textIn(input['ChangeSetName'], ''));
  const named = changeSet?.stackId ?? textIn(input['StackName'], '');
  if (named === '') return [];
  const id = findStack(world, named)?.id ?? named;
  return [id.startsWith('arn:') ? id : arnOf(world, 'cloudformation', `stack/${id}/*`)];
};

/** Members of EC2's inputs that name what is changed; what is only read has no resource. */
const EC2_MEMBERS: readonly (readonly [string, string])[] = [
  ['NetworkInterfaceId', 'network-interface'],
  ['GroupId', 'security-group'],
  ['VpcEndpointIds', 'vpc-endpoint']
];

const ec2Things: Finder = (world, input, action) =>
  action.startsWith('Describe')
    ? []
    : EC2_MEMBERS.flatMap(([member, kind]) =>
        textsIn(input[member]).map(id => arnOf(world, 'ec2', `${kind}/${id}`))
      );

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

const kafkaCluster: Finder = (_, input, action) => {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html
  if (action === 'GetBootstrapBrokers') return [];
  const cluster = textsIn(input['ClusterArn']);
  const topic = textsIn(input['TopicName'])[0];
  return topic === undefined
    ? cluster
    : cluster.map(arn => `${arn.replace(':cluster/', ':topic/')}/${topic}`);
};

const bucketOrObject: Finder = (_, input, action) => {
  const bucket = `arn:aws:s3:::${textIn(input['Bucket'], '*')}`;
  if (action === 'DeleteObjects') return [`${bucket}/*`];
  return [input['Key'] === undefined ? bucket : `${bucket}/${textIn(input['Key'], '')}`];
};

const application: Finder = (world, input) => {
  const id = textsIn(input['applicationId'])[0];
  if (id === undefined) return [];
  const run = textsIn(input['jobRunId'])[0];
  const path = `/applications/${id}${run === undefined ? '' : `/jobruns/${run}`}`;
  return [arnOf(world, 'emr-serverless', path)];
};

const emrCluster: Finder = (world, input) =>
  ['ClusterId', 'JobFlowId', 'JobFlowIds']
    .flatMap(member => textsIn(input[member]))
    .map(id => arnOf(world, 'elasticmapreduce', `cluster/${id}`));

const virtualCluster: Finder = (world, input, action) => {
  const [cluster] = textsIn(input['virtualClusterId']);
  const [id] = textsIn(input['id']);
  const kind = action.endsWith('ManagedEndpoint') ? 'endpoints' : 'jobruns';
  if (cluster === undefined && id === undefined) return [];
  const path = cluster === undefined ? id : id === undefined ? cluster : `${cluster}/${kind}/${id}`;
  return [arnOf(world, 'emr-containers', `/virtualclusters/${String(path)}`)];
};

const session: Finder = (world, input, action) => {
  if (action === 'TerminateSession')
    return [arnOf(world, 'ssm', `session/${textIn(input['SessionId'], '*')}`)];
  if (action !== 'StartSession') return [];
  const document = `arn:aws:ssm:${world.region}::document/${textIn(input['DocumentName'], '*')}`;
  return [arnOf(world, 'ec2', `instance/${textIn(input['Target'], '*')}`), document];
};

const role: Finder = (world, input) => [
  `arn:aws:iam::${world.account}:role/${textIn(input['RoleName'], '*')}`
];

const RESOURCES: Readonly<Record<string, Finder>> = {
  cloudformation: stackOf,
  ec2: ec2Things,
  kafka: kafkaCluster,
  s3: bucketOrObject,
  'emr-serverless': application,
  livy: application,
  elasticmapreduce: emrCluster,
  'emr-containers': virtualCluster,
  ssm: session,
  iam: role
};

/** A role that is handed to a service. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passedRoles(service: string, action: string, input: Input): readonly Ask[] {
  const given = textsIn(input['executionRoleArn'])[0];
  const passes = service === 'livy' || (service === 'emr-serverless' && action === 'StartJobRun');
  if (!passes || given === undefined) return [];
  const context = { 'iam:PassedToService': 'emr-serverless.amazonaws.com' };
  return [{ action: 'iam:PassRole', resource: given, context }];
}

/** Whoever makes something with tags needs the right to tag it, too. */
function tagging(world: World, service: string, action: string, input: Input): readonly Ask[] {
  const tags = input['Tags'] ?? input['tags'];
  if (tags === undefined || !/^(Create|Start)/.test(action)) return [];
  const resources = (RESOURCES[service] ?? nothing)(world, input, action);
  const below = action === 'StartJobRun' ? '/jobruns/*' : '';
  return resources.map(resource => ({
    action: `${service}:TagResource`,
    resource: resource + below,
    context: {}
  }));
}

/** What EMR Serverless asks in the name of who starts an application with a network. https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/vpc-access.html */
function forwarded(world: World, service: string, action: string): readonly Ask[] {
  if (service !== 'emr-serverless' || action !== 'StartApplication') return [];
  const via = 'ops.emr-serverless.amazonaws.com';
  return [
    {
      action: 'ec2:CreateNetworkInterface',
      resource: arnOf(world, 'ec2', 'network-interface/*'),
      context: { 'aws:CalledVia': [via], 'aws:CalledViaLast': via }
    }
  ];
}
