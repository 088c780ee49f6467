import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { thingsOf } from '../../../fakes/aws/server/world/world.ts';
import { NEVER, scene, specOf, type Scene } from './scene.ts';
import { assertNothingLeft, planAndApply, remove } from './whole-life.ts';

/** An environment in a network of somebody else, whose security group names one of ours. */
async function entangled(here: Scene) {
  const { aws } = here;
  const { id, subnets } = aws.foreign.vpc();
  await planAndApply(here, NEVER, specOf({ vpc: { id, subnets: [...subnets] } }));
  const ours = thingsOf(aws.world, 'AWS::EC2::SecurityGroup').find(
    ({ tags }) => tags['aws:cloudformation:logical-id'] === 'KafkaGroup'
  );
  assert.ok(ours !== undefined);
  const theirs = aws.foreign.securityGroup({ vpc: id, name: 'billing' });
  const rule = aws.foreign.rule({ group: theirs, peer: ours.id, port: 9098 });
  return { vpc: id, subnets, ours: ours.id, theirs, rule };
}

describe('a deletion that a rule of somebody else holds up', () => {
  it('is told with the reason and the price, and ends when the rule is gone', async test => {
    const here = await scene(test);
    const { aws, events } = here;
    const { vpc, subnets, ours, theirs, rule } = await entangled(here);

    const { left } = await remove(here);
    const group = left.find(one => one.id === ours);
    assert.match(group?.what ?? '', /^KafkaGroup \(AWS::EC2::SecurityGroup\)$/);
    assert.match(group?.why ?? '', /has a dependent object/);
    assert.equal(group?.perHour, null, 'it costs nothing');
    const blocking = left.find(one => one.id === `${theirs}/${rule}`);
    assert.equal(blocking?.what, 'a rule in a security group of somebody else');
    assert.match(blocking.why, new RegExp(`names ${ours}, which cannot be deleted before`));
    assert.ok(
      events.some(
        event => event.kind === 'notice' && /headrace-orders-net got stuck/.test(event.text)
      )
    );
    assert.ok(aws.world.rules.has(rule), 'the rule of somebody else is not ours to remove');
    assert.equal(thingsOf(aws.world, 'AWS::MSK::Cluster').length, 0, 'what costs is gone');

    aws.world.rules.delete(rule);
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(aws);
    for (const id of [vpc, ...subnets, theirs]) assert.ok(aws.world.things.has(id), id);
  });

  it('in a network of our own is cleaned away by itself', async test => {
    const here = await scene(test);
    const { aws, events } = here;
    await planAndApply(here);
    const [vpc] = thingsOf(aws.world, 'AWS::EC2::VPC');
    const groups = thingsOf(aws.world, 'AWS::EC2::SecurityGroup');
    const ours = groups.find(({ tags }) => tags['aws:cloudformation:logical-id'] === 'KafkaGroup');
    assert.ok(vpc !== undefined && ours !== undefined);
    const emr = aws.foreign.securityGroup({
      vpc: vpc.id,
      name: 'ElasticMapReduce-ServiceAccess',
      tags: { 'for-use-with-amazon-emr-managed-policies': 'true' }
    });
    const rule = aws.foreign.rule({ group: emr, peer: ours.id });
    assert.deepEqual((await remove(here)).left, []);
    assertNothingLeft(aws);
    assert.ok(events.some(event => event.kind === 'notice' && event.text.includes(rule)));
  });

  it('of a NAT gateway is told with what that costs each hour', async test => {
    const here = await scene(test);
    await planAndApply(here);
    here.aws.failResource('NatGateway', 'NatGateway is in use', { on: 'delete', times: 3 });
    const { left } = await remove(here);
    const nat = left.find(one => one.what.startsWith('NatGateway'));
    assert.match(nat?.why ?? '', /is in use/);
    assert.ok((nat?.perHour ?? 0) > 0.04, 'a NAT gateway and its address');
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(here.aws);
  });
});
