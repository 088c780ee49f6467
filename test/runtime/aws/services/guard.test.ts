import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awsClients } from '../../../../src/runtime/aws/control/clients.ts';
import { findStack } from '../../../fakes/aws/server/cloudformation/stack.ts';
import { thingsOf } from '../../../fakes/aws/server/world/world.ts';
import type { FakeAws } from '../../../fakes/aws/server/start.ts';
import type { HurriedClock } from './hurried-clock.ts';
import { CLAIM, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

const KAFKA = 'headrace-orders-kafka';

/** What a person can do at the console. */
async function updateByHand(aws: FakeAws, clock: HurriedClock, TemplateBody: string) {
  const clients = awsClients({ region: aws.region, env: aws.env });
  const cloudFormation = await clients.cloudFormation();
  const parameters = findStack(aws.world, KAFKA)?.source?.parameters ?? {};
  const { Id: ChangeSetName } = await cloudFormation.createChangeSet({
    StackName: KAFKA,
    ChangeSetName: 'by-hand',
    TemplateBody,
    Parameters: Object.entries(parameters).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value
    })),
    Capabilities: ['CAPABILITY_NAMED_IAM']
  });
  while ((await cloudFormation.describeChangeSet({ ChangeSetName })).Status !== 'CREATE_COMPLETE')
    clock.pass(60_000);
  await cloudFormation.executeChangeSet({ ChangeSetName });
  for (let working = true; working;) {
    const { Stacks: [now] = [] } = await cloudFormation.describeStacks({ StackName: KAFKA });
    working = now?.StackStatus?.endsWith('IN_PROGRESS') === true;
    clock.pass(60_000);
  }
  clients.close();
}

describe('Kafka that stands', () => {
  it('cannot be deleted by its stack, only by a destroy', async test => {
    const { aws, environments, onEvent } = await scene(test);
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    await environments.apply(plan, CLAIM, onEvent, NEVER);
    assert.deepEqual(
      ['net', 'kafka', 'spark'].map(
        layer => findStack(aws.world, `headrace-orders-${layer}`)?.protected
      ),
      [false, true, false]
    );
    const clients = awsClients({ region: aws.region, env: aws.env });
    const cloudFormation = await clients.cloudFormation();
    await assert.rejects(
      cloudFormation.deleteStack({ StackName: KAFKA }),
      /TerminationProtection is enabled/
    );
    const { left } = await environments.destroy('orders', aws.region, CLAIM, onEvent, NEVER);
    assert.deepEqual(left, []);
    assert.deepEqual(thingsOf(aws.world, 'AWS::MSK::Cluster'), []);
    clients.close();
  });

  for (const [what, change, type, name] of [
    ['a cluster', {}, 'AWS::MSK::Cluster', '"headrace-orders"'],
    ['a broker', { kafka: 'ec2', kafkaAuth: 'none' }, 'AWS::EC2::Instance', '"DeviceIndex":"0"']
  ] as const)
    it(`is not made anew by an update of somebody else: ${what}`, async test => {
      const kafkaArchive = () => Promise.resolve(new Uint8Array(8));
      const { aws, clock, environments, onEvent } = await scene(test, {}, { kafkaArchive });
      const plan = await environments.plan(specOf(change), NOTEBOOK, NEVER);
      await environments.apply(plan, CLAIM, onEvent, NEVER);
      const before = thingsOf(aws.world, type).map(({ id }) => id);
      const stack = findStack(aws.world, KAFKA);
      const body = stack?.source?.body ?? '';
      assert.ok(body.includes(name));
      await updateByHand(aws, clock, body.replaceAll(name, name.replace(/"$/, '9"')));
      assert.equal(stack?.status, 'UPDATE_ROLLBACK_COMPLETE');
      assert.match(
        stack.events.map(({ reason }) => reason ?? '').join('\n'),
        /denied by stack policy: Statement does not allow \[Update:Replace\]/
      );
      assert.deepEqual(
        thingsOf(aws.world, type).map(({ id }) => id),
        before
      );
    });
});
