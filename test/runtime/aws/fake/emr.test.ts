import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMR } from '@aws-sdk/client-emr';
import { applied, bench, configOf, deleted, outputsOf } from './support.ts';
import { spark } from './templates.ts';

const STREAM = {
  name: 'clicks',
  mode: 'STREAMING',
  executionRoleArn: 'arn:aws:iam::123456789012:role/headrace',
  jobDriver: { sparkSubmit: { entryPoint: 's3://bucket/job.py' } }
} as const;

describe('the fake EMR', () => {
  it('starts and stops an application, and lets it be deleted when it rests', async test => {
    const clients = await bench(test);
    const { emrServerless: emr } = clients;
    const { ApplicationId: applicationId = '' } = outputsOf(
      await applied(clients, { template: spark })
    );
    const until = async (wanted: string) => {
      const seen: (string | undefined)[] = [];
      do seen.push((await emr.getApplication({ applicationId })).application?.state);
      while (seen.at(-1) !== wanted);
      return new Set(seen);
    };
    await emr.startApplication({ applicationId });
    assert.deepEqual(await until('STARTED'), new Set(['STARTING', 'STARTED']));
    assert.match((await deleted(clients)).StackStatusReason ?? '', /\[Application\]/);
    const { jobRunId } = await emr.startJobRun({
      applicationId,
      executionRoleArn: 'arn:aws:iam::123456789012:role/headrace',
      mode: 'STREAMING',
      jobDriver: { sparkSubmit: { entryPoint: 's3://bucket/job.py' } }
    });
    await assert.rejects(emr.stopApplication({ applicationId }), { name: 'ConflictException' });
    await emr.cancelJobRun({ applicationId, jobRunId });
    const states: (string | undefined)[] = [];
    do states.push((await emr.getJobRun({ applicationId, jobRunId })).jobRun?.state);
    while (states.at(-1) !== 'CANCELLED');
    assert.deepEqual(states, ['CANCELLING', 'CANCELLED']);
    await emr.stopApplication({ applicationId });
    await until('STOPPED');
    assert.equal((await deleted(clients)).StackStatus, 'DELETE_COMPLETE');
  });

  it('refuses to start an application whose group is open to everybody', async test => {
    const clients = await bench(test);
    const { Application } = spark.Resources;
    const template = {
      Resources: {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            GroupDescription: 'Open',
            SecurityGroupIngress: [
              { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }
            ]
          }
        },
        Application: {
          ...Application,
          Properties: {
            ...Application.Properties,
            NetworkConfiguration: { SubnetIds: ['subnet-1'], SecurityGroupIds: [{ Ref: 'Group' }] }
          }
        }
      },
      Outputs: { Id: { Value: { Ref: 'Application' } } }
    };
    const { Id: applicationId } = outputsOf(await applied(clients, { template }));
    await assert.rejects(clients.emrServerless.startApplication({ applicationId }), {
      name: 'ValidationException'
    });
  });

  it('runs a stream until a test ends it', async test => {
    const clients = await bench(test);
    const { aws, emrServerless } = clients;
    const { ApplicationId: applicationId = '' } = outputsOf(
      await applied(clients, { template: spark })
    );
    const { jobRunId } = await emrServerless.startJobRun({ ...STREAM, applicationId });
    const job = async () => (await emrServerless.getJobRun({ applicationId, jobRunId })).jobRun;
    for (let look = 0; look < 10; look += 1) await job();
    assert.equal((await job())?.state, 'RUNNING');
    aws.endJob('clicks', { succeeded: false, reason: 'out of memory' });
    const failed = await job();
    assert.deepEqual([failed?.state, failed?.stateDetails], ['FAILED', 'out of memory']);
  });

  it('runs a batch to its end', async test => {
    const clients = await bench(test);
    const { ApplicationId: applicationId = '' } = outputsOf(
      await applied(clients, { template: spark })
    );
    const { emrServerless } = clients;
    const batch = { ...STREAM, mode: 'BATCH' } as const;
    const { jobRunId } = await emrServerless.startJobRun({ ...batch, applicationId });
    const seen: (string | undefined)[] = [];
    do seen.push((await emrServerless.getJobRun({ applicationId, jobRunId })).jobRun?.state);
    while (seen.at(-1) !== 'SUCCESS');
    assert.deepEqual(seen, ['PENDING', 'SCHEDULED', 'RUNNING', 'SUCCESS']);
  });

  it('runs a step until a test ends it, and ends with its cluster', async test => {
    const clients = await bench(test);
    const template = {
      Resources: { Emr: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'demo' } } },
      Outputs: { ClusterId: { Value: { Ref: 'Emr' } } }
    };
    const { ClusterId = '' } = outputsOf(await applied(clients, { template }));
    const emr = new EMR(configOf(clients.aws));
    test.after(() => emr.destroy());
    const HadoopJarStep = { Jar: 'command-runner.jar' };
    const Steps = ['clicks', 'other'].map(Name => ({ Name, HadoopJarStep }));
    const { StepIds: ids = [] } = await emr.addJobFlowSteps({ JobFlowId: ClusterId, Steps });
    const status = async (index: number) => {
      const { Step: step } = await emr.describeStep({ ClusterId, StepId: ids[index] });
      return [step?.Status?.State, step?.Status?.FailureDetails?.Message];
    };
    for (let look = 0; look < 10; look += 1) await status(0);
    assert.deepEqual(await status(0), ['RUNNING', undefined]);
    clients.aws.endJob('clicks', { succeeded: false, reason: 'out of memory' });
    assert.deepEqual(await status(0), ['FAILED', 'out of memory']);
    const JobFlowIds = [ClusterId];
    await emr.setTerminationProtection({ JobFlowIds, TerminationProtected: true });
    await assert.rejects(emr.terminateJobFlows({ JobFlowIds }), { name: 'ValidationException' });
    await emr.setTerminationProtection({ JobFlowIds, TerminationProtected: false });
    await emr.terminateJobFlows({ JobFlowIds });
    assert.deepEqual(await status(1), ['CANCELLED', undefined]);
  });
});
