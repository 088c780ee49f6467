import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pricing } from '@aws-sdk/client-pricing';
import type { FaultKind } from '../../../fakes/aws/server/faults.ts';
import { settle } from '../../../fakes/manual-clock.ts';
import { bench, clientsOf, configOf, planned, type Bench } from './support.ts';
import { network } from './templates.ts';

/** One call of each protocol. */
const CALLS = {
  query: (clients: Bench) => clients.cloudformation.describeStacks({}),
  ec2: (clients: Bench) => clients.ec2.describeVpcs({}),
  restJson: (clients: Bench) => clients.emrServerless.listApplications({}),
  kafka: (clients: Bench) => clients.kafka.listClustersV2({}),
  json: (clients: Bench) => clients.tagging.getResources({}),
  restXml: (clients: Bench) => clients.s3.listObjectsV2({ Bucket: 'b' })
};

/** What the SDK calls the error then. */
const NAMES: Readonly<
  Record<Exclude<FaultKind, 'timeout' | 'cut'>, Record<keyof typeof CALLS, string>>
> = {
  throttle: {
    query: 'Throttling',
    ec2: 'RequestLimitExceeded',
    restJson: 'ThrottlingException',
    kafka: 'TooManyRequestsException',
    json: 'ThrottledException',
    restXml: 'SlowDown'
  },
  '5xx': {
    query: 'InternalFailure',
    ec2: 'InternalError',
    restJson: 'InternalServerException',
    kafka: 'InternalServerException',
    json: 'InternalServerException',
    restXml: 'InternalError'
  },
  'access-denied': {
    query: 'AccessDenied',
    ec2: 'UnauthorizedOperation',
    restJson: 'AccessDeniedException',
    kafka: 'ForbiddenException',
    json: 'AccessDeniedException',
    restXml: 'AccessDenied'
  },
  expired: {
    query: 'ExpiredToken',
    ec2: 'RequestExpired',
    restJson: 'ExpiredTokenException',
    kafka: 'ExpiredTokenException',
    json: 'ExpiredTokenException',
    restXml: 'ExpiredToken'
  }
};

describe('faults of the fake AWS', () => {
  it('are what each service says for them, once', async test => {
    const clients = await bench(test);
    for (const [how, names] of Object.entries(NAMES))
      for (const [protocol, name] of Object.entries(names)) {
        clients.aws.faults.add({ service: '*', action: '*', times: 1, how: how as FaultKind });
        await assert.rejects(
          CALLS[protocol as keyof typeof CALLS](clients),
          { name },
          `${how} ${protocol}`
        );
      }
    await clients.cloudformation.describeStacks({});
  });

  it('are retried by the SDK where AWS means that', async test => {
    const { aws } = await bench(test);
    const patient = clientsOf(aws, 3);
    for (const how of ['throttle', '5xx', 'cut'] as const) {
      aws.faults.add({ service: 'cloudformation', action: 'DescribeStacks', times: 2, how });
      await patient.cloudformation.describeStacks({});
    }
    assert.deepEqual(
      aws.calls.map(({ error }) => error),
      ['throttle', 'throttle', null, '5xx', '5xx', null, 'cut', 'cut', null]
    );
    aws.faults.add({ service: 'cloudformation', action: '*', times: 1, how: 'access-denied' });
    await assert.rejects(patient.cloudformation.describeStacks({}), {
      name: 'AccessDenied',
      message: /user\/tester is not authorized to perform: cloudformation:DescribeStacks/
    });
    patient.cloudformation.destroy();
  });

  it('are for the service and the action that are named', async test => {
    const { aws, cloudformation, ec2 } = await bench(test);
    aws.faults.add({ service: 'ec2', action: 'DescribeVpcs', times: 1, how: '5xx' });
    await cloudformation.describeStacks({});
    await ec2.describeSubnets({});
    await assert.rejects(ec2.describeVpcs({}), { name: 'InternalError' });
    await ec2.describeVpcs({});
    aws.faults.add({ service: 'ec2', action: '*', times: 1, how: '5xx' });
    aws.faults.clear();
    await ec2.describeVpcs({});
  });

  it('can lose the answer to what was done', async test => {
    const clients = await bench(test);
    const { aws, cloudformation } = clients;
    const plan = await planned(clients, { template: network });
    aws.faults.add({
      service: 'cloudformation',
      action: 'ExecuteChangeSet',
      times: 1,
      how: 'cut',
      when: 'after'
    });
    await assert.rejects(cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId }));
    const { Stacks: [stack] = [] } = await cloudformation.describeStacks({
      StackName: plan.StackName
    });
    assert.equal(stack?.StackStatus, 'CREATE_IN_PROGRESS');
  });

  it('can leave a call without an answer until the caller gives up', async test => {
    const { aws, cloudformation } = await bench(test);
    aws.faults.add({
      service: 'cloudformation',
      action: 'DescribeStacks',
      times: 1,
      how: 'timeout'
    });
    const giveUp = new AbortController();
    const call = cloudformation.describeStacks({}, { abortSignal: giveUp.signal });
    const ended = assert.rejects(call, { name: 'AbortError' });
    while (aws.calls.length === 0) await settle();
    giveUp.abort();
    await ended;
    await cloudformation.describeStacks({});
  });

  it('reach services that have another region', async test => {
    const { aws } = await bench(test);
    const pricing = new Pricing({ ...configOf(aws), region: 'us-east-1' });
    aws.faults.add({ service: 'pricing', action: 'GetProducts', times: 1, how: 'access-denied' });
    await assert.rejects(pricing.getProducts({ ServiceCode: 'AmazonMSK' }), {
      name: 'AccessDeniedException'
    });
    pricing.destroy();
  });
});
