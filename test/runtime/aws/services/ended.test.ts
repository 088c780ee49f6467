import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { thingsOf } from '../../../fakes/aws/server/world/world.ts';
import { fakePlugin } from '../emr/ec2/fake-plugin.ts';
import { CLAIM, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

describe('an EMR cluster that has ended by itself', () => {
  // A name that looks as if it had a generation already.
  const spec = specOf({ name: 'orders-g7', kafka: 'msk-serverless', spark: 'emr-ec2' });

  it('is told by the status, and the next apply makes another and leaves the rest', async test => {
    const plugin = fakePlugin('1.2.707.0', started => started.say('Port 41234 opened for s-0.'));
    const here = await scene(test, {}, { startProgram: plugin.start });
    const { aws, clock, environments, onEvent } = here;
    const clusters = () => thingsOf(aws.world, 'AWS::EMR::Cluster');
    const apply = async (services: typeof environments) =>
      services.apply(await services.plan(spec, NOTEBOOK, NEVER), CLAIM, onEvent, NEVER);
    const statusOf = async () => {
      const status = await environments.status(spec.name, spec.region, NEVER);
      return { ready: status?.ready, ended: status?.ended };
    };

    await apply(environments);
    const [first] = clusters();
    assert.deepEqual(await statusOf(), { ready: true, ended: null });

    const at = clock.now();
    aws.endCluster(first?.id ?? '', 'Idle for an hour.');
    assert.deepEqual(await statusOf(), { ready: false, ended: { cluster: first?.id, at } });

    const { environments: other } = here.again();
    const plan = await other.plan(spec, NOTEBOOK, NEVER);
    assert.deepEqual(
      plan.stacks.flatMap(({ changes }) =>
        changes.map(({ logicalId, action, replacement }) => [logicalId, action, replacement])
      ),
      [['Cluster', 'Modify', 'True']]
    );
    assert.match(
      plan.warnings.join('\n'),
      /The EMR cluster j-\w+ has ended at 20\S+ \(Idle for an hour\): a new one takes its place/
    );
    assert.doesNotMatch(plan.warnings.join('\n'), /what it held is lost/);

    await other.apply(plan, CLAIM, onEvent, NEVER);
    const [second, ...more] = clusters();
    assert.deepEqual(more, []);
    assert.notEqual(second?.id, first?.id);
    assert.deepEqual(await statusOf(), { ready: true, ended: null });

    const before = aws.worked.length;
    await apply(here.again().environments);
    assert.equal(aws.worked.length, before);

    aws.endCluster(second?.id ?? '', 'Idle for an hour.');
    await apply(here.again().environments);
    assert.equal(clusters()[0]?.properties['Name'], 'headrace-orders-g7-g3');
    const { left } = await environments.destroy(spec.name, spec.region, CLAIM, onEvent, NEVER);
    assert.deepEqual(left, []);
  });
});
