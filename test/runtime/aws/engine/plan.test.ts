import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { applyEnvironment } from '../../../../src/runtime/aws/engine/apply.ts';
import { planEnvironment } from '../../../../src/runtime/aws/engine/plan.ts';
import { TAGS } from '../../../../src/runtime/aws/environment/spec.ts';
import { failsWith } from '../../../fakes/errors.ts';
import {
  busy,
  claim,
  cost,
  kafkaWith,
  MINUTE,
  net,
  NEVER,
  OWNER,
  plans,
  scene,
  spark,
  tagsOf
} from './scene.ts';

type Scene = ReturnType<typeof scene>;

const plan = (at: Scene, wanted = plans, of = claim, signal: AbortSignal = NEVER) =>
  planEnvironment(wanted, of, at.world, signal);

async function standing(): Promise<Scene> {
  const at = scene();
  await applyEnvironment(plans, { claim, cost }, at.world, () => undefined, NEVER);
  return at;
}

describe('a plan of a new environment', () => {
  it('lists every resource of every layer and leaves nothing behind', async () => {
    const at = scene();
    const { stacks, usualMs } = await plan(at);
    assert.deepEqual(
      stacks.map(one => [one.layer, one.step, one.exact, one.changes.length]),
      [
        ['net', 'create', true, 4],
        // Their parameters are outputs of stacks that are not there yet.
        ['kafka', 'create', false, 2],
        ['spark', 'create', false, 2]
      ]
    );
    assert.ok(usualMs >= 25 * MINUTE && usualMs < 40 * MINUTE);
    assert.deepEqual(await at.stacks.list('headrace-'), []);
    assert.equal(at.stacks.openChangeSets, 0);
  });

  it('shows the opened rules and the policy statements', async () => {
    const { rules, statements } = await plan(scene());
    assert.deepEqual(rules, [
      {
        group: 'KafkaGroup',
        direction: 'in',
        protocol: 'tcp',
        ports: '9098',
        peer: 'SparkGroup',
        why: 'Spark reads and writes topics'
      }
    ]);
    assert.deepEqual(statements, [
      {
        role: 'Role',
        effect: 'Allow',
        actions: ['kafka-cluster:Connect'],
        resources: ['ClusterArn']
      }
    ]);
  });

  it('cleans up when it is interrupted while CloudFormation plans', async () => {
    const at = scene();
    const aborted = new HeadraceError('HR_INTERRUPTED', 'Interrupted: a request to AWS');
    at.stacks.loseAnswer('createChangeSet', aborted);
    await assert.rejects(plan(at), failsWith('HR_INTERRUPTED', /Interrupted/));
    assert.deepEqual(await at.stacks.list('headrace-'), []);
  });

  it('survives throttling', async () => {
    const at = scene();
    for (const method of ['describe', 'createChangeSet', 'deleteChangeSet', 'delete'] as const)
      at.stacks.refuse(method, busy(), busy());
    await plan(at);
    assert.deepEqual(await at.stacks.list('headrace-'), []);
  });

  it('keeps the empty stack of a plan that is not its own', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', tagsOf('net'));
    await assert.rejects(
      plan(at, plans, { ...claim, notebook: 'notebook-2' }),
      failsWith('HR_ENVIRONMENT', /made by another notebook.*--force/)
    );
    assert.equal((await at.stacks.list('headrace-')).length, 1);
  });
});

describe('a plan of an environment that stands', () => {
  it('has no changes where there are none', async () => {
    const at = await standing();
    const { stacks, rules, statements, usualMs } = await plan(at);
    assert.deepEqual(
      stacks.map(one => [one.step, one.exact, one.changes]),
      [
        ['none', true, []],
        ['none', true, []],
        ['none', true, []]
      ]
    );
    assert.deepEqual([rules, statements, usualMs], [[], [], 0]);
  });

  it('shows a change and warns of what is made anew', async () => {
    const at = await standing();
    at.stacks.replacements.set('Application', 'True');
    const renamed = {
      ...spark,
      template: {
        ...spark.template,
        Resources: {
          ...spark.template.Resources,
          Application: {
            Type: 'AWS::EMRServerless::Application',
            Properties: { Name: 'other' }
          }
        }
      }
    };
    const { stacks, warnings } = await plan(at, [...plans.slice(0, 2), renamed]);
    assert.deepEqual(
      stacks[2]?.changes.map(one => [one.action, one.logicalId, one.replacement]),
      [['Modify', 'Application', 'True']]
    );
    assert.deepEqual(warnings, [
      'Application (AWS::EMRServerless::Application) is made anew, and what it held is lost.'
    ]);
  });

  for (const replacement of ['True', 'Conditional'] as const)
    it(`refuses to replace the cluster: ${replacement}`, async () => {
      const at = await standing();
      at.stacks.replacements.set('Cluster', replacement);
      await assert.rejects(
        plan(at, [net, kafkaWith({ NumberOfBrokerNodes: 2 }), spark]),
        failsWith('HR_ENVIRONMENT', /would (perhaps )?replace the Kafka cluster/)
      );
      assert.equal(at.stacks.openChangeSets, 0);
    });

  it('refuses to take the cluster out of the template', async () => {
    const at = await standing();
    const { Configuration } = kafkaWith({}).template.Resources;
    assert.ok(Configuration);
    const Resources = { Configuration };
    const without = { ...kafkaWith({}), template: { ...kafkaWith({}).template, Resources } };
    await assert.rejects(
      plan(at, [net, without, spark]),
      failsWith('HR_ENVIRONMENT', /would delete the Kafka cluster/)
    );
  });

  it('says that an apply at work is joined, and that a failed stack is made anew', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', tagsOf('net'), 'CREATE_IN_PROGRESS');
    at.stacks.place('headrace-clicks-kafka', tagsOf('kafka'), 'ROLLBACK_COMPLETE');
    const { stacks, warnings } = await plan(at);
    assert.deepEqual(
      stacks.map(one => one.step),
      ['join', 'recreate', 'create']
    );
    assert.equal(warnings.length, 2);
  });

  it('of half a deletion sends to destroy', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', tagsOf('net'), 'DELETE_FAILED');
    await assert.rejects(
      plan(at),
      failsWith('HR_ENVIRONMENT', /half deleted.*--destroy clicks, which goes on/)
    );
  });

  it('is for its owner alone', async () => {
    const at = scene();
    const tags = tagsOf('net', { [TAGS.owner]: `${OWNER}-else`, [TAGS.notebook]: 'other' });
    at.stacks.place('headrace-clicks-net', tags);
    await assert.rejects(
      plan(at, plans, { ...claim, force: true }),
      failsWith('HR_ENVIRONMENT', /another notebook.*Ask its owner/)
    );
  });
});
