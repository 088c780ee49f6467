import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMR } from '@aws-sdk/client-emr';
import { EMRContainers } from '@aws-sdk/client-emr-containers';
import { EMRServerless } from '@aws-sdk/client-emr-serverless';
import { Kafka } from '@aws-sdk/client-kafka';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { emrSend, ssmSend } from '../../../../src/runtime/aws/emr/ec2/operations.ts';
import { emrContainersSend } from '../../../../src/runtime/aws/emr/eks/operations.ts';
import { s3Send } from '../../../../src/runtime/aws/emr/jobs/storage.ts';
import { emrServerlessSend } from '../../../../src/runtime/aws/emr/serverless/operations.ts';
import { mskSend } from '../../../../src/runtime/aws/msk/operations.ts';
import { failsWith } from '../../../fakes/errors.ts';

/** The SDK's own clients, whose requests are never signed and so never sent. */
const config = {
  region: 'eu-west-1',
  credentials: () =>
    Promise.reject(Object.assign(new Error('None here'), { name: 'CredentialsProviderError' }))
};
const clients = {
  region: 'eu-west-1',
  profile: undefined,
  kafka: () => Promise.resolve(new Kafka(config)),
  emr: () => Promise.resolve(new EMR(config)),
  emrContainers: () => Promise.resolve(new EMRContainers(config)),
  emrServerless: () => Promise.resolve(new EMRServerless(config)),
  s3: () => Promise.resolve(new S3(config)),
  ssm: () => Promise.resolve(new SSM(config))
};

const cluster = { ClusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/0d6a2a5e-1' };
const topic = { ...cluster, TopicName: 'clicks' };
const application = { applicationId: '00f1' };
const run = { ...application, jobRunId: 'r-1' };
const eks = { virtualClusterId: 'vc-1' };
const object = { Bucket: 'demo', Key: 'a' };
const step = { ClusterId: 'j-1', StepId: 's-1' };

/** Every operation that the runtime uses, with what it has to have. */
const SENT = {
  msk: () => {
    const send = mskSend(clients);
    return [
      send('GetBootstrapBrokers', cluster),
      send('DescribeClusterV2', cluster),
      send('DescribeClusterOperationV2', { ClusterOperationArn: 'arn' }),
      send('UpdateConnectivity', { ...cluster, CurrentVersion: 'K1' }),
      send('CreateTopic', { ...topic, PartitionCount: 1, ReplicationFactor: 1 }),
      send('DeleteTopic', topic),
      send('DescribeTopic', topic),
      send('DescribeTopicPartitions', topic),
      send('ListTopics', cluster)
    ];
  },
  'emr on ec2': () => {
    const send = emrSend(clients);
    return [
      send('DescribeCluster', { ClusterId: 'j-1' }),
      send('ListInstances', { ClusterId: 'j-1' }),
      send('AddJobFlowSteps', { JobFlowId: 'j-1', Steps: [] }),
      send('DescribeStep', step),
      send('ListSteps', { ClusterId: 'j-1' }),
      send('CancelSteps', { ClusterId: 'j-1', StepIds: ['s-1'] })
    ];
  },
  'emr serverless': () => {
    const send = emrServerlessSend(clients);
    return [
      send('GetApplication', application),
      send('StartApplication', application),
      send('StopApplication', application),
      send('StartJobRun', { ...application, executionRoleArn: 'arn' }),
      send('GetJobRun', run),
      send('ListJobRuns', application),
      send('CancelJobRun', run)
    ];
  },
  'emr on eks': () => {
    const send = emrContainersSend(clients);
    return [
      send('StartJobRun', eks),
      send('DescribeJobRun', { ...eks, id: 'k-1' }),
      send('ListJobRuns', eks),
      send('CancelJobRun', { ...eks, id: 'k-1' })
    ];
  },
  s3: () => {
    const send = s3Send(clients);
    return [
      send('GetObject', object),
      send('HeadObject', object),
      send('PutObject', object),
      send('ListObjectsV2', { Bucket: 'demo' })
    ];
  },
  'session manager': () => {
    const send = ssmSend(clients);
    return [send('StartSession', { Target: 'i-1' }), send('TerminateSession', { SessionId: 's' })];
  }
};

describe('the operations that the runtime uses', () => {
  for (const [service, send] of Object.entries(SENT))
    it(`are those of the SDK: ${service}`, async () => {
      const sent = await Promise.allSettled(send());
      for (const one of sent) {
        assert.equal(one.status, 'rejected');
        failsWith('HR_AWS_CREDENTIALS', /None here/)(one.reason);
      }
    });
});
