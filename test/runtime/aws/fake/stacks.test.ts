import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applied, bench, deleted, outputsOf, planned } from './support.ts';
import { network } from './templates.ts';

const NAME = 'headrace-demo-net';

describe('the fake CloudFormation', () => {
  it('plans, makes and deletes a stack, a resource after those that it needs', async test => {
    const clients = await bench(test);
    const { cloudformation } = clients;
    const plan = await planned(clients, { template: network, tags: { owner: 'zoë & co' } });
    assert.deepEqual(
      plan.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId]),
      ['Vpc', 'Subnet', 'Kafka', 'Spark', 'FromSpark', 'Bucket'].map(id => ['Add', id])
    );
    const before = await cloudformation.describeStacks({ StackName: NAME });
    assert.equal(before.Stacks?.[0]?.StackStatus, 'REVIEW_IN_PROGRESS');

    await cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
    const during = await cloudformation.describeStackResources({ StackName: NAME });
    const states = new Set(during.StackResources?.map(({ ResourceStatus: status }) => status));
    assert.deepEqual(states, new Set(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']));
  });

  it('resolves outputs and keeps tags', async test => {
    const clients = await bench(test);
    const stack = await applied(clients, { template: network, tags: { owner: 'zoë & co' } });
    assert.equal(stack.StackStatus, 'CREATE_COMPLETE');
    assert.deepEqual(stack.Tags, [{ Key: 'owner', Value: 'zoë & co' }]);
    const outputs = outputsOf(stack);
    assert.match(outputs['VpcId'] ?? '', /^vpc-[0-9a-f]{17}$/);
    assert.match(outputs['BucketName'] ?? '', /^headrace-demo-net-bucket-[0-9a-f]{12}$/);
    assert.equal((await deleted(clients)).StackStatus, 'DELETE_COMPLETE');
  });
});
