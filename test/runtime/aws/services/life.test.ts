import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackName } from '../../../../src/runtime/aws/environment/spec.ts';
import { CLAIM, HOUR, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

describe('an environment of MSK and EMR Serverless', () => {
  it('is planned without making anything', async test => {
    const { aws, environments } = await scene(test);
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    assert.deepEqual(
      plan.stacks.map(({ layer }) => layer),
      ['net', 'kafka', 'spark']
    );
    assert.ok(plan.stacks.every(({ changes }) => changes.every(({ action }) => action === 'Add')));
    assert.ok(plan.rules.some(({ ports }) => ports === '9098'));
    assert.ok(plan.cost.idlePerHour > 0 && plan.cost.mostPerHour > plan.cost.idlePerHour);
    assert.equal(plan.resolved.account, aws.account);
    assert.equal(plan.resolved.clientCidr, undefined);
    assert.match(plan.warnings.join(' '), /inside the VPC only/);
    assert.deepEqual(aws.worked, []);
    assert.equal(await environments.status('orders', 'eu-west-1', NEVER), null);
  });

  it('is made, told of, kept longer and removed without a trace', async test => {
    const { aws, clock, environments, events, onEvent } = await scene(test);
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    const profile = await environments.apply(plan, CLAIM, onEvent, NEVER);

    assert.equal(profile.name, 'orders');
    assert.deepEqual(profile.environment, {
      name: 'orders',
      region: 'eu-west-1',
      account: aws.account
    });
    assert.deepEqual(profile.brokers, ['127.0.0.1:9092']);
    assert.deepEqual(profile.kafkaAuth, { kind: 'iam', region: 'eu-west-1' });
    assert.deepEqual(profile.livy.auth, { kind: 'sigv4', region: 'eu-west-1' });
    assert.match(profile.livy.url, new RegExp(`^${aws.url}/livy-host/00f`));
    assert.match(
      profile.livy.conf['emr-serverless.session.executionRoleArn'] ?? '',
      /^arn:aws:iam::/
    );
    const done = events.filter(
      event => event.kind === 'resource' && event.resource.state === 'done'
    );
    assert.ok(
      done.some(event => event.kind === 'resource' && event.resource.type === 'AWS::MSK::Cluster')
    );

    const status = await environments.status('orders', 'eu-west-1', NEVER);
    assert.equal(status?.ready, true);
    assert.deepEqual(
      status.stacks.map(each => each.status),
      ['CREATE_COMPLETE', 'CREATE_COMPLETE', 'CREATE_COMPLETE']
    );
    assert.equal(status.expiresAt, plan.resolved.expiresAt);
    assert.equal(status.notebook, NOTEBOOK);
    assert.equal(status.cost?.idlePerHour, plan.cost.idlePerHour);
    assert.deepEqual(
      (await environments.list('eu-west-1', NEVER)).map(({ name, ready }) => [name, ready]),
      [['orders', true]]
    );

    const workedBefore = aws.worked.length;
    const end = await environments.extend('orders', 'eu-west-1', 20 * HOUR, CLAIM, NEVER);
    assert.ok(end > plan.resolved.expiresAt && end <= clock.now() + 20 * HOUR);
    const kept = await environments.status('orders', 'eu-west-1', NEVER);
    assert.equal(kept?.expiresAt, end);
    assert.ok(aws.worked.slice(workedBefore).every(({ verb }) => verb === 'update'));

    const removed = await environments.destroy('orders', 'eu-west-1', CLAIM, onEvent, NEVER);
    assert.deepEqual(removed.left, []);
    assert.ok(removed.removed > 10);
    assert.equal(await environments.status('orders', 'eu-west-1', NEVER), null);
  });

  it('is left as it is by a second apply', async test => {
    const here = await scene(test);
    const { aws, environments, onEvent } = here;
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    const first = await environments.apply(plan, CLAIM, onEvent, NEVER);
    const before = aws.worked.length;
    const { environments: other } = here.again();
    const second = await other.plan(specOf(), NOTEBOOK, NEVER);
    assert.ok(second.stacks.every(({ changes }) => changes.length === 0));
    assert.deepEqual(await other.apply(second, CLAIM, onEvent, NEVER), first);
    assert.equal(aws.worked.length, before);
  });

  it('is not changed or removed for another notebook', async test => {
    const { aws, environments, onEvent } = await scene(test);
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    await environments.apply(plan, CLAIM, onEvent, NEVER);
    const before = aws.worked.length;
    const other = { notebook: 'notebook-2', force: false };
    const refused = { code: 'HR_ENVIRONMENT', message: /made by another notebook/ };
    const again = await environments.plan(specOf(), other.notebook, NEVER);
    await assert.rejects(environments.apply(again, other, onEvent, NEVER), refused);
    await assert.rejects(
      environments.destroy('orders', 'eu-west-1', other, onEvent, NEVER),
      refused
    );
    await assert.rejects(environments.extend('orders', 'eu-west-1', HOUR, other, NEVER), refused);
    assert.equal(aws.worked.length, before);
  });

  it('is written as templates that say what was asked for', async test => {
    const { environments } = await scene(test);
    const stacks = await environments.template(specOf({ size: 'large' }), NOTEBOOK, NEVER);
    assert.deepEqual(
      stacks.map(({ name }) => name),
      (['net', 'kafka', 'spark'] as const).map(layer => stackName('orders', layer))
    );
    const said = stacks[0]?.template.Outputs?.['Specification']?.Value;
    assert.ok(typeof said === 'string');
    assert.deepEqual(JSON.parse(said), specOf({ size: 'large' }));
  });
});
