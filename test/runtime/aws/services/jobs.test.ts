import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EMRContainers } from '@aws-sdk/client-emr-containers';
import type { EmrOperations } from '../../../../src/runtime/aws/emr/ec2/operations.ts';
import type { S3Operations } from '../../../../src/runtime/aws/emr/jobs/storage.ts';
import type { EmrServerlessOperations } from '../../../../src/runtime/aws/emr/serverless/operations.ts';
import { createJobs, type JobsPlace } from '../../../../src/runtime/aws/services/jobs.ts';
import { OUTPUTS } from '../../../../src/runtime/aws/template/types.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { ACCOUNT, awsProfile } from '../../../fakes/memory-aws.ts';
import { plainProfile } from '../../../fakes/profiles.ts';
import { fakeService } from '../control/fake-service.ts';

const { signal } = new AbortController();
const ROLE = `arn:aws:iam::${ACCOUNT}:role/run`;
const { net, spark } = OUTPUTS;

/** An account with the stacks of the environment `orders`, by name with their outputs. */
function scene(sparkOutputs: Readonly<Record<string, string>>, bucket: string | null = 'demo') {
  const stacks = new Map<string, Readonly<Record<string, string>>>([
    ['headrace-orders-net', bucket === null ? {} : { [net.bucket]: bucket }],
    ['headrace-orders-spark', sparkOutputs]
  ]);
  const serverless = fakeService<EmrServerlessOperations>('emr-serverless', {
    StartJobRun: () => ({ applicationId: '00f', jobRunId: 'run-1', arn: 'arn' })
  });
  const emr = fakeService<EmrOperations>('elasticmapreduce', {
    AddJobFlowSteps: () => ({ StepIds: ['s-1'] })
  });
  const containers: unknown[] = [];
  const s3 = fakeService<S3Operations>('s3', { HeadObject: () => ({}) });
  const startJobRun = (request: unknown) => {
    containers.push(request);
    return Promise.resolve({ id: 'eks-1' });
  };
  const regions: string[] = [];
  const place: JobsPlace = {
    account: { caller: () => Promise.resolve({ account: ACCOUNT, arn: 'arn' }) },
    emr: emr.send,
    serverless: serverless.send,
    s3: s3.send,
    clients: {
      region: 'eu-west-1',
      profile: undefined,
      emrContainers: () => Promise.resolve({ startJobRun } as unknown as EMRContainers)
    },
    world: {
      stacks: {
        describe: (name: string) => {
          const outputs = stacks.get(name);
          const view = { id: name, name, status: 'CREATE_COMPLETE', reason: null, tags: {} };
          return Promise.resolve(outputs === undefined ? null : { ...view, outputs });
        }
      }
    }
  };
  const jobs = createJobs(region => {
    regions.push(region);
    return place;
  });
  return { jobs, stacks, serverless, emr, containers, regions };
}

const STREAM = {
  name: 'clicks',
  entryPoint: 's3://demo/job.py',
  arguments: ['b-1:9098'],
  streaming: true,
  token: 'token'
};
const serverlessOutputs = { [spark.application]: '00f', [spark.executionRole]: ROLE };

describe('jobs of the environment that a profile names', () => {
  it('are runs of its EMR Serverless application, streams in the mode STREAMING', async () => {
    const { jobs, serverless, regions } = scene(serverlessOutputs);
    const opened = await jobs.open(awsProfile('orders'), signal);
    assert.equal(await opened.submit(STREAM, signal), 'run-1');
    assert.deepEqual(regions, ['eu-west-1']);
    const [request] = serverless.inputsOf('StartJobRun') as [Record<string, unknown>];
    assert.equal(request['applicationId'], '00f');
    assert.equal(request['executionRoleArn'], ROLE);
    assert.equal(request['mode'], 'STREAMING');
    assert.deepEqual(request['tags'], { 'headrace:environment': 'orders' });
    assert.deepEqual(request['configurationOverrides'], {
      monitoringConfiguration: { s3MonitoringConfiguration: { logUri: 's3://demo/logs/' } }
    });
  });

  it('have the connectors of its sessions and the login to Kafka, and nothing that is of sessions alone', async () => {
    const { jobs, serverless } = scene(serverlessOutputs);
    const profile = awsProfile('orders');
    const conf = { ...profile.livy.conf, 'spark.jars.packages': 'org.apache.spark:kafka:1' };
    const opened = await jobs.open({ ...profile, livy: { ...profile.livy, conf } }, signal);
    await opened.submit(STREAM, signal);
    const [{ jobDriver }] = serverless.inputsOf('StartJobRun') as [
      { readonly jobDriver: { readonly sparkSubmit: Record<string, unknown> } }
    ];
    const parameters = String(jobDriver.sparkSubmit['sparkSubmitParameters']);
    assert.deepEqual(parameters.match(/(?<=--conf "?)[\w.]+(?==)/g), [
      'spark.jars.packages',
      'spark.headrace.kafka.kafka.security.protocol',
      'spark.headrace.kafka.kafka.sasl.mechanism',
      'spark.headrace.kafka.kafka.sasl.jaas.config',
      'spark.headrace.kafka.kafka.sasl.client.callback.handler.class'
    ]);
    assert.match(parameters, /spark\.headrace\.kafka\.kafka\.security\.protocol=SASL_SSL/);
  });

  it('are steps of its cluster', async () => {
    const { jobs, emr } = scene({ [spark.cluster]: 'j-1' });
    const opened = await jobs.open(awsProfile('orders'), signal);
    assert.equal(opened.kind, 'emr-step');
    assert.equal(await opened.submit(STREAM, signal), 's-1');
    const [request] = emr.inputsOf('AddJobFlowSteps') as [Record<string, unknown>];
    assert.equal(request['JobFlowId'], 'j-1');
  });

  it('are runs in its virtual cluster, with the release of its sessions', async () => {
    const { jobs, containers } = scene({
      [spark.virtualCluster]: 'vc-1',
      [spark.executionRole]: ROLE
    });
    const profile = awsProfile('orders');
    const four = { ...profile.livy, overrides: { sparkVersion: '4.1.1' } };
    for (const each of [profile, { ...profile, livy: four }]) {
      const opened = await jobs.open(each, signal);
      assert.equal(await opened.submit(STREAM, signal), 'eks-1');
    }
    assert.deepEqual(
      containers.map(request => (request as Record<string, unknown>)['releaseLabel']),
      ['emr-7.14.0-latest', 'emr-spark-8.1.0-latest']
    );
  });

  it('need an environment that is there, whole and of this account', async () => {
    const { jobs, stacks } = scene(serverlessOutputs);
    await assert.rejects(
      jobs.open(plainProfile('lab'), signal),
      failsWith('HR_USAGE', /^The profile lab names no environment of AWS \(jobs of EMR need/)
    );
    const profile = awsProfile('orders');
    const other = { name: 'orders', region: 'eu-west-1', account: '999922223333' };
    await assert.rejects(
      jobs.open({ ...profile, environment: other }, signal),
      failsWith('HR_AWS_CREDENTIALS', /are of 111122223333, it is in 999922223333/)
    );
    stacks.delete('headrace-orders-spark');
    await assert.rejects(
      jobs.open(profile, signal),
      failsWith('HR_ENVIRONMENT', /there is no stack headrace-orders-spark in eu-west-1/)
    );
    await assert.rejects(
      scene(serverlessOutputs, null).jobs.open(profile, signal),
      failsWith('HR_ENVIRONMENT', /its stack headrace-orders-net has not a bucket/)
    );
    await assert.rejects(
      scene({ [spark.application]: '00f' }).jobs.open(profile, signal),
      failsWith('HR_ENVIRONMENT', /has not a role for jobs/)
    );
  });
});
