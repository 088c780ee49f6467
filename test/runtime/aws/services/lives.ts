import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { awsClients } from '../../../../src/runtime/aws/control/clients.ts';
import type { EnvironmentSpec } from '../../../../src/runtime/aws/environment/spec.ts';
import { createMskAdmin } from '../../../../src/runtime/aws/msk/admin.ts';
import { mskSend } from '../../../../src/runtime/aws/msk/operations.ts';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { authenticationOf } from '../../../../src/runtime/livy/auth/authentication.ts';
import type { TargetProfile } from '../../../../src/runtime/profile/profile.ts';
import { thingsOf } from '../../../fakes/aws/server/world/world.ts';
import { plainProfile } from '../../../fakes/profiles.ts';
import { fakePlugin } from '../emr/ec2/fake-plugin.ts';
import { CLAIM, HOUR, NEVER, NOTEBOOK, scene, specOf, type Scene } from './scene.ts';

const EKS = { cluster: 'analytics', namespace: 'streams' };

/** One of each Kafka, each Spark, each login and each network. */
export const LIVES: readonly (readonly [string, Partial<EnvironmentSpec>])[] = [
  ['MSK and EMR Serverless', {}],
  ['MSK Serverless and EMR on EC2', { kafka: 'msk-serverless', spark: 'emr-ec2' }],
  ['Kafka on EC2 in public subnets', { kafka: 'ec2', kafkaAuth: 'none', subnets: 'public' }],
  ['brokers with public addresses', { subnets: 'public', publicBrokers: true }],
  ['certificates and EMR 8', { kafkaAuth: 'mtls', spark: 'emr-ec2', release: 'emr-spark-8.1.0' }],
  [
    'a password and EMR on EKS, in a VPC that was there',
    { kafkaAuth: 'scram', spark: 'emr-eks', eks: EKS, vpc: given() }
  ]
];

/** A VPC that each life makes for itself. */
function given(): EnvironmentSpec['vpc'] {
  return { id: 'vpc-0', subnets: [] };
}

/** An environment from its plan to the sweep after its destruction, with all that a notebook does in between. */
export async function live(test: TestContext, change: Partial<EnvironmentSpec>): Promise<Scene> {
  const plugin = fakePlugin('1.2.707.0', started =>
    started.say('Port 41234 opened for sessionId s-0.')
  );
  const here = await scene(
    test,
    {},
    {
      startProgram: plugin.start,
      kafkaArchive: () => Promise.resolve(new Uint8Array(8)),
      publicAddress: () => Promise.resolve('203.0.113.7')
    }
  );
  const spec = specOf({
    ...change,
    ...(change.vpc === undefined ? {} : { vpc: foreignVpc(here) })
  });
  const profile = await make(here, spec);
  await look(here, spec);
  if (spec.spark === 'emr-serverless') await openSession(here, profile);
  if (spec.kafka === 'msk' && spec.kafkaAuth === 'iam') await changeTopics(here);
  await runJobs(here, profile);
  await end(here, spec);
  return here;
}

function foreignVpc({ aws }: Scene): EnvironmentSpec['vpc'] {
  const { id, subnets } = aws.foreign.vpc();
  const tags = { 'aws:eks:cluster-name': EKS.cluster };
  aws.foreign.securityGroup({ vpc: id, name: 'eks-cluster-sg', tags });
  return { id, subnets: [...subnets] };
}

/** Plans and applies twice, the second time from a new kernel. */
async function make(here: Scene, spec: EnvironmentSpec): Promise<TargetProfile> {
  let profile: TargetProfile | null = null;
  for (const { environments } of [here.services, here.again()]) {
    const plan = await environments.plan(spec, NOTEBOOK, NEVER);
    const applied = environments.apply(plan, CLAIM, here.onEvent, NEVER);
    if (spec.spark === 'emr-eks') await assert.rejects(applied, { code: 'HR_ENVIRONMENT' });
    else profile = await applied;
  }
  const { name, region } = spec;
  const environment = { name, region, account: here.aws.account };
  return profile ?? { ...plainProfile(name), environment };
}

/** Status, list, a later end, what doctor asks, and an attach by stack. */
async function look({ services, aws }: Scene, { name, region }: EnvironmentSpec): Promise<void> {
  const { environments, probes, stacks } = services;
  await environments.status(name, region, NEVER);
  await environments.list(region, NEVER);
  await environments.extend(name, region, 20 * HOUR, CLAIM, NEVER);
  const { account } = await probes.identity(NEVER);
  for (const role of thingsOf(aws.world, 'AWS::IAM::Role'))
    await probes.trustedServices(role.arn ?? '', NEVER);
  await probes.closedPorts({ name, region, account }, [9098], NEVER);
  await stacks.resolve(`headrace-${name}-net`, region, NEVER);
}

/** The endpoint refuses, because no Livy is behind it; IAM is asked all the same. */
async function openSession({ aws }: Scene, { livy }: TargetProfile): Promise<void> {
  const url = new URL(`${livy.url}/sessions`);
  const body = JSON.stringify({ kind: 'spark', conf: livy.conf });
  const auth = authenticationOf({ kind: 'sigv4', region: aws.region }, systemClock, () =>
    Promise.resolve(aws.keys)
  );
  const headers = { 'content-type': 'application/json' };
  const signed = await auth.headers({ method: 'POST', url, headers, body });
  await fetch(url, { method: 'POST', headers: { ...headers, ...signed }, body });
}

async function changeTopics({ aws, clock }: Scene): Promise<void> {
  const clients = awsClients({ region: aws.region, env: aws.env });
  const cluster = thingsOf(aws.world, 'AWS::MSK::Cluster')[0]?.id ?? '';
  const admin = createMskAdmin({ send: mskSend(clients), cluster, clock });
  await admin.createTopics([{ name: 'words', partitions: 1 }], NEVER);
  await admin.listTopics(NEVER);
  await admin.describeTopic('words', NEVER);
  await admin.deleteTopics(['words'], NEVER);
  clients.close();
}

async function runJobs(here: Scene, profile: TargetProfile): Promise<void> {
  const jobs = await here.services.jobs.open(profile, NEVER);
  const request = { name: 'clicks', entryPoint: import.meta.filename, streaming: true };
  const id = await jobs.submit({ ...request, token: 'token-1' }, NEVER);
  await jobs.list(NEVER);
  await jobs.state(id, NEVER);
  await jobs.log(id, { stream: 'stderr', lines: 10 }, NEVER);
  await jobs.stop(id, NEVER);
  // One is left for the end of the environment.
  await jobs.submit({ ...request, token: 'token-2' }, NEVER);
}

/** Destroys what EMR has left something in, and makes sure that nothing is left to sweep. */
async function end({ services, aws, onEvent }: Scene, spec: EnvironmentSpec): Promise<void> {
  const { environments } = services;
  const { name, region } = spec;
  leave(aws, spec);
  const { left } = await environments.destroy(name, region, CLAIM, onEvent, NEVER);
  assert.deepEqual(left, []);
  await environments.sweep(region, onEvent, NEVER);
}

/** What EMR leaves in a network, and an object in the bucket. */
function leave({ world, foreign }: Scene['aws'], spec: EnvironmentSpec): void {
  const groups = thingsOf(world, 'AWS::EC2::SecurityGroup').filter(
    ({ tags }) => tags['headrace:environment'] === spec.name
  );
  const [one, other] = groups.map(({ id }) => id);
  if (one !== undefined && other !== undefined) {
    foreign.rule({ group: one, peer: other });
    foreign.rule({ group: other, peer: one, egress: true });
  }
  const [bucket] = thingsOf(world, 'AWS::S3::Bucket');
  foreign.object(bucket?.id ?? '', 'checkpoints/a', 'x');
  if (spec.vpc !== 'new' || one === undefined) return;
  const vpc = thingsOf(world, 'AWS::EC2::VPC')[0]?.id ?? '';
  const subnet = thingsOf(world, 'AWS::EC2::Subnet')[0]?.id ?? '';
  foreign.endpoint({ vpc, service: 'com.amazonaws.eu-west-1.emr-service' });
  foreign.networkInterface({ vpc, subnet, groups: [one], state: 'available' });
  foreign.securityGroup({ vpc, name: 'ElasticMapReduce-ServiceAccess' });
}
