import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applied, bench, deleted, outputsOf, planned, settled } from './support.ts';
import { network } from './templates.ts';

const NAME = 'headrace-demo-net';

describe('the stacks of the fake CloudFormation', () => {
  it('makes a resource after those that it needs, step by step', async test => {
    const clients = await bench(test);
    const { cloudformation } = clients;
    const plan = await planned(clients, { template: network });
    assert.deepEqual(
      plan.Changes?.map(({ ResourceChange: change }) => [
        change?.Action,
        change?.LogicalResourceId
      ]),
      ['Vpc', 'Subnet', 'Kafka', 'Spark', 'FromSpark', 'Bucket'].map(id => ['Add', id])
    );
    const before = await cloudformation.describeStacks({ StackName: NAME });
    assert.equal(before.Stacks?.[0]?.StackStatus, 'REVIEW_IN_PROGRESS');
    await cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
    const during = await cloudformation.describeStackResources({ StackName: NAME });
    const states = new Set(during.StackResources?.map(({ ResourceStatus: status }) => status));
    assert.deepEqual(states, new Set(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']));
    const stack = await settled(clients);
    assert.equal(stack.StackStatus, 'CREATE_COMPLETE');
    const { StackEvents: newest = [] } = await cloudformation.describeStackEvents({
      StackName: NAME
    });
    const events = newest
      .reverse()
      .map(event => `${event.LogicalResourceId ?? ''} ${event.ResourceStatus ?? ''}`);
    assert.ok(events.indexOf('Vpc CREATE_COMPLETE') < events.indexOf('Subnet CREATE_IN_PROGRESS'));
    assert.ok(
      events.indexOf('Spark CREATE_COMPLETE') < events.indexOf('FromSpark CREATE_IN_PROGRESS')
    );
    assert.equal(events.at(-1), `${NAME} CREATE_COMPLETE`);
    const times = newest.map(({ Timestamp: at }) => at?.getTime() ?? 0);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other)
    );
  });

  it('resolves outputs, keeps tags, and deletes everything again', async test => {
    const clients = await bench(test);
    const stack = await applied(clients, { template: network, tags: { owner: 'zoë & <co>' } });
    assert.deepEqual(stack.Tags, [{ Key: 'owner', Value: 'zoë & <co>' }]);
    const outputs = outputsOf(stack);
    assert.match(outputs['VpcId'] ?? '', /^vpc-[0-9a-f]{17}$/);
    assert.match(outputs['BucketName'] ?? '', /^headrace-demo-net-bucket-[0-9a-f]{12}$/);
    const vpcs = await clients.ec2.describeVpcs({
      Filters: [{ Name: 'tag:owner', Values: ['zoë*'] }]
    });
    assert.deepEqual(
      vpcs.Vpcs?.map(({ VpcId: id }) => id),
      [outputs['VpcId']]
    );
    assert.equal((await deleted(clients)).StackStatus, 'DELETE_COMPLETE');
    const left = await clients.tagging.getResources({});
    assert.deepEqual(left.ResourceTagMappingList, []);
    assert.equal(clients.aws.world.things.size, 0);
    await assert.rejects(clients.cloudformation.describeStacks({ StackName: NAME }), {
      name: 'ValidationError',
      message: `Stack with id ${NAME} does not exist`
    });
  });

  it('says what an update does, and whether it makes anew', async test => {
    const clients = await bench(test);
    await applied(clients, { template: network });
    const same = await planned(clients, { template: network, kind: 'UPDATE' });
    assert.equal(same.Status, 'FAILED');
    assert.match(same.StatusReason ?? '', /didn't contain changes/);
    const resources = Object.entries(network.Resources).filter(([id]) => id !== 'Bucket');
    const outputs = Object.entries(network.Outputs).filter(([name]) => name !== 'BucketName');
    const queue = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
    const template = {
      ...network,
      Resources: { ...Object.fromEntries(resources), Queue: queue },
      Outputs: Object.fromEntries(outputs)
    };
    const plan = await planned(clients, {
      template,
      kind: 'UPDATE',
      parameters: { Zone: 'eu-west-1b' }
    });
    const changes = plan.Changes?.map(({ ResourceChange: change }) => [
      change?.Action,
      change?.LogicalResourceId,
      change?.Replacement
    ]);
    assert.deepEqual(changes, [
      ['Add', 'Queue', undefined],
      ['Modify', 'Subnet', 'True'],
      ['Remove', 'Bucket', undefined]
    ]);
    const before = outputsOf(await settled(clients))['SubnetIds'];
    await clients.cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
    const stack = await settled(clients);
    assert.equal(stack.StackStatus, 'UPDATE_COMPLETE');
    const after = outputsOf(stack)['SubnetIds'];
    assert.notEqual(after, before);
    await assert.rejects(clients.ec2.describeSubnets({ SubnetIds: [before ?? ''] }), {
      name: 'InvalidSubnetID.NotFound'
    });
  });

  it('says that what refers to a new one may be made anew, and that tags change in place', async test => {
    const clients = await bench(test);
    await applied(clients, { template: network });
    const resources = network.Resources;
    const group = {
      ...resources.Spark,
      Properties: { ...resources.Spark.Properties, GroupDescription: 'Other' }
    };
    const plan = await planned(clients, {
      template: { ...network, Resources: { ...resources, Spark: group } },
      kind: 'UPDATE'
    });
    const seen = plan.Changes?.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Replacement
    ]);
    assert.deepEqual(seen, [
      ['Spark', 'True'],
      ['FromSpark', 'Conditional']
    ]);
    const tagged = await planned(clients, {
      template: network,
      kind: 'UPDATE',
      tags: { ttl: '1' }
    });
    const tags = tagged.Changes?.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Replacement,
      change?.Scope
    ]);
    assert.deepEqual(
      tags,
      ['Vpc', 'Subnet', 'Kafka', 'Spark', 'Bucket'].map(id => [id, 'False', ['Tags']])
    );
  });

  it('is asked twice with one token, and does it once', async test => {
    const { cloudformation } = await bench(test);
    const ask = {
      StackName: NAME,
      ChangeSetName: 'once',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(network),
      ClientToken: 'token'
    } as const;
    const first = await cloudformation.createChangeSet(ask);
    assert.equal((await cloudformation.createChangeSet(ask)).Id, first.Id);
    await assert.rejects(cloudformation.createChangeSet({ ...ask, ClientToken: 'other' }), {
      name: 'AlreadyExistsException'
    });
    await cloudformation.describeChangeSet({ ChangeSetName: first.Id });
    await cloudformation.describeChangeSet({ ChangeSetName: first.Id });
    const execute = { ChangeSetName: first.Id, ClientRequestToken: 'go' };
    await cloudformation.executeChangeSet(execute);
    await cloudformation.executeChangeSet(execute);
    await assert.rejects(cloudformation.executeChangeSet({ ChangeSetName: first.Id }), {
      name: 'InvalidChangeSetStatusException'
    });
  });

  it('gives long lists in pages', async test => {
    const clients = await bench(test, { pageSize: 2 });
    await applied(clients, { template: network });
    const seen: (string | undefined)[] = [];
    for (let NextToken: string | undefined; ;) {
      const page = await clients.cloudformation.describeStackEvents({ StackName: NAME, NextToken });
      seen.push(...(page.StackEvents ?? []).map(({ EventId: id }) => id));
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    const [stack] = clients.aws.world.stacks.values();
    assert.deepEqual(
      seen.reverse(),
      stack?.events.map(({ id }) => id)
    );
  });
});
