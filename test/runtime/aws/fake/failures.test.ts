import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applied, bench, deleted, outputsOf, planned, settled } from './support.ts';
import { kafka, network } from './templates.ts';

const NAME = 'headrace-demo-net';

describe('failures of the fake CloudFormation', () => {
  it('takes a creation back when a resource fails, and says why', async test => {
    const clients = await bench(test);
    clients.aws.failResource('FromSpark', 'The limit is reached');
    const stack = await applied(clients, { template: network });
    assert.equal(stack.StackStatus, 'ROLLBACK_COMPLETE');
    const { StackEvents: events = [] } = await clients.cloudformation.describeStackEvents({
      StackName: NAME
    });
    const failed = events.filter(event => event.ResourceStatus === 'CREATE_FAILED');
    assert.deepEqual(
      failed.map(event => [event.LogicalResourceId, event.ResourceStatusReason]),
      [['FromSpark', 'The limit is reached']]
    );
    assert.equal(clients.aws.world.things.size, 0);
    await assert.rejects(planned(clients, { template: network, kind: 'UPDATE' }), {
      message: /is in ROLLBACK_COMPLETE state and can not be updated/
    });
    await deleted(clients);
    assert.equal((await applied(clients, { template: network })).StackStatus, 'CREATE_COMPLETE');
  });

  it('takes an update back when a resource fails', async test => {
    const clients = await bench(test);
    const first = outputsOf(await applied(clients, { template: network }));
    clients.aws.failResource('Subnet', 'The zone has no room');
    const stack = await applied(clients, {
      template: network,
      kind: 'UPDATE',
      parameters: { Zone: 'eu-west-1c' },
      tags: { ttl: '2' }
    });
    assert.equal(stack.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
    assert.deepEqual(outputsOf(stack), first);
    const { Subnets: subnets = [] } = await clients.ec2.describeSubnets({});
    assert.deepEqual(
      subnets.map(subnet => [subnet.SubnetId, subnet.AvailabilityZone]),
      [[first['SubnetIds'], 'eu-west-1a']]
    );
    const again = await applied(clients, { template: network, kind: 'UPDATE', tags: { ttl: '3' } });
    assert.equal(again.StackStatus, 'UPDATE_COMPLETE');
  });

  it('does not delete a group that a rule of others names, until the rule is gone', async test => {
    const clients = await bench(test);
    const { aws, ec2 } = clients;
    const outputs = outputsOf(await applied(clients, { template: network }));
    const [group = '', peer = '', vpc = ''] = [
      'KafkaSecurityGroupId',
      'SparkSecurityGroupId',
      'VpcId'
    ].map(name => outputs[name] ?? '');
    const foreign = aws.foreign.securityGroup({ vpc, name: 'theirs' });
    aws.foreign.rule({ group: foreign, peer });
    const stuck = await deleted(clients);
    assert.equal(stuck.StackStatus, 'DELETE_FAILED');
    assert.match(stuck.StackStatusReason ?? '', /failed to delete: \[Spark\]/);
    const { StackResources: left = [] } = await clients.cloudformation.describeStackResources({
      StackName: NAME
    });
    const spark = left.find(({ LogicalResourceId: id }) => id === 'Spark');
    assert.match(spark?.ResourceStatusReason ?? '', new RegExp(`${peer} has a dependent object`));
    await assert.rejects(ec2.describeSecurityGroups({ GroupIds: [group] }), {
      name: 'InvalidGroup.NotFound'
    });

    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, UserIdGroupPairs: [{ GroupId: peer }] }
    ];
    await ec2.revokeSecurityGroupIngress({ GroupId: foreign, IpPermissions });
    const held = await deleted(clients);
    assert.match(held.StackStatusReason ?? '', /\[Vpc\]/, 'their group is still in the VPC');
    await ec2.deleteSecurityGroup({ GroupId: foreign });
    assert.equal((await deleted(clients)).StackStatus, 'DELETE_COMPLETE');
  });

  it('does not delete a bucket with objects; leaves behind what is to be retained', async test => {
    const clients = await bench(test);
    const { BucketName: Bucket = '' } = outputsOf(await applied(clients, { template: network }));
    const early = clients.cloudformation.deleteStack({
      StackName: NAME,
      RetainResources: ['Bucket']
    });
    await assert.rejects(early, { name: 'ValidationError', message: /DELETE_FAILED/ });
    clients.aws.foreign.object(Bucket, 'checkpoints/0', 'x');
    assert.match((await deleted(clients)).StackStatusReason ?? '', /\[Bucket\]/);
    const { Stacks: [stack] = [] } = await clients.cloudformation.describeStacks({
      StackName: NAME
    });
    await clients.cloudformation.deleteStack({ StackName: NAME, RetainResources: ['Bucket'] });
    assert.equal((await settled(clients, stack?.StackId)).StackStatus, 'DELETE_COMPLETE');
    await clients.s3.headBucket({ Bucket });
  });

  it('keeps a protected stack', async test => {
    const clients = await bench(test);
    await applied(clients, { template: network });
    const protection = { StackName: NAME, EnableTerminationProtection: true };
    await clients.cloudformation.updateTerminationProtection(protection);
    await assert.rejects(clients.cloudformation.deleteStack({ StackName: NAME }), {
      message: /TerminationProtection is enabled/
    });
  });

  it('gives up a creation that is deleted', async test => {
    const clients = await bench(test);
    const plan = await planned(clients, { template: kafka });
    await clients.cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
    await clients.cloudformation.deleteStack({ StackName: NAME });
    assert.equal((await settled(clients, plan.StackId)).StackStatus, 'DELETE_COMPLETE');
    assert.deepEqual((await clients.kafka.listClustersV2({})).ClusterInfoList, []);
  });

  it('refuses a cluster whose name is taken', async test => {
    const clients = await bench(test);
    await applied(clients, { template: kafka, name: 'headrace-one-kafka' });
    const other = await applied(clients, { template: kafka, name: 'headrace-two-kafka' });
    assert.equal(other.StackStatus, 'ROLLBACK_COMPLETE');
    const { ClusterInfoList: clusters = [] } = await clients.kafka.listClustersV2({});
    assert.equal(clusters.length, 1);
  });
});
