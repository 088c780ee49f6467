import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { applyEnvironment } from '../../../../src/runtime/aws/engine/apply.ts';
import type { Cleaner, CleaningScene } from '../../../../src/runtime/aws/engine/cleaners/port.ts';
import { destroyEnvironment } from '../../../../src/runtime/aws/engine/destroy.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { busy, claim, cost, MINUTE, NEVER, nothingLeft, plans, scene, tagsOf } from './scene.ts';

type Scene = ReturnType<typeof scene>;

async function standing(): Promise<Scene> {
  const at = scene();
  await applyEnvironment(plans, { claim, cost }, at.world, () => undefined, NEVER);
  return at;
}

function cleaner(
  clean: (scene: CleaningScene) => Promise<readonly string[]>,
  layers: Cleaner['layers'] = ['spark', 'kafka', 'net']
): Cleaner {
  return { what: 'the rules', layers, clean };
}

const DEPENDENT =
  'resource sg-KafkaGroup has a dependent object (Service: Ec2, Status Code: 400, Request ID: 1-2)';

describe('a destroy', () => {
  it('deletes spark before kafka before net, and each after its cleaners', async () => {
    const at = await standing();
    const order: string[] = [];
    const watch = cleaner(({ layer, thorough, resources }) => {
      order.push(`${layer} ${thorough} ${resources.length}`);
      return Promise.resolve([`Cleaned ${layer}.`]);
    });
    const result = await destroyEnvironment(claim, nothingLeft, at.hands([watch]));
    assert.deepEqual(result, { removed: 8, left: [] });
    assert.deepEqual(order, ['spark false 2', 'kafka false 2', 'net false 4']);
    assert.deepEqual(at.notices, ['Cleaned spark.', 'Cleaned kafka.', 'Cleaned net.']);
    assert.deepEqual(await at.stacks.list('headrace-'), []);
    const done = at.progress.filter(event => event.status === 'DELETE_COMPLETE');
    assert.equal(done.length, 8);
  });

  it('of nothing is done at once', async () => {
    const at = scene();
    const result = await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(result, { removed: 0, left: [] });
    assert.ok(!at.stacks.calls.includes('delete'));
  });

  it('touches nothing where one stack is not ours', async () => {
    const other = scene();
    other.stacks.place('headrace-clicks-net', tagsOf('net'));
    other.stacks.place('headrace-clicks-kafka', { team: 'billing' });
    await assert.rejects(
      destroyEnvironment({ ...claim, force: true }, nothingLeft, other.hands()),
      failsWith('HR_ENVIRONMENT', /headrace-clicks-kafka was not made by Headrace/)
    );
    assert.ok(!other.stacks.calls.includes('delete'));
  });

  it('of another notebook wants force, and the same owner', async () => {
    const at = await standing();
    const second = { ...claim, notebook: 'notebook-2' };
    await assert.rejects(
      destroyEnvironment(second, nothingLeft, at.hands()),
      failsWith('HR_ENVIRONMENT', /made by another notebook.*add --force/)
    );
    await assert.rejects(
      destroyEnvironment({ ...second, force: true, owner: 'eve' }, nothingLeft, at.hands()),
      failsWith('HR_ENVIRONMENT', /Ask its owner/)
    );
    assert.ok(!at.stacks.calls.includes('delete'));
    const forced = await destroyEnvironment({ ...second, force: true }, nothingLeft, at.hands());
    assert.equal(forced.removed, 8);
  });
});

describe('a deletion that gets stuck', () => {
  it('by a rule of somebody else is cleaned and tried again', async () => {
    const at = await standing();
    at.stacks.sticking.set('KafkaGroup', DEPENDENT);
    const revoking = cleaner(({ thorough }) => {
      if (thorough) at.stacks.sticking.clear();
      return Promise.resolve(thorough ? ['Revoked the rule sgr-1 of sg-KafkaGroup.'] : []);
    });
    const result = await destroyEnvironment(claim, nothingLeft, at.hands([revoking]));
    assert.deepEqual(result.left, []);
    assert.deepEqual(at.notices, [
      'The deletion of headrace-clicks-net got stuck; cleaning, then trying again.',
      'Revoked the rule sgr-1 of sg-KafkaGroup.'
    ]);
  });

  it('for good is told with the reason, the rest is gone, and the next destroy goes on', async () => {
    const at = await standing();
    at.stacks.sticking.set('KafkaGroup', DEPENDENT);
    const result = await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(result.left, [
      {
        what: 'KafkaGroup (AWS::EC2::SecurityGroup)',
        id: 'sg-KafkaGroup',
        why: 'resource sg-KafkaGroup has a dependent object',
        perHour: null
      }
    ]);
    assert.equal(result.removed, 7);
    assert.deepEqual(
      (await at.stacks.list('headrace-')).map(stack => [stack.name, stack.status]),
      [['headrace-clicks-net', 'DELETE_FAILED']]
    );
    at.stacks.sticking.clear();
    const again = await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(again.left, []);
    assert.deepEqual(await at.stacks.list('headrace-'), []);
  });

  it('in one layer does not keep the others alive', async () => {
    const at = await standing();
    at.stacks.sticking.set('Application', 'the application is not stopped');
    const { left } = await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(
      left.map(one => one.id),
      ['headrace-clicks-spark-Application']
    );
    assert.equal((await at.stacks.describe('headrace-clicks-kafka'))?.status, undefined);
  });

  it('by a refusal is told', async () => {
    const at = await standing();
    at.stacks.refuse(
      'delete',
      new HeadraceError('HR_AWS_REFUSED', 'AWS refused cloudformation:DeleteStack', {
        why: 'TerminationProtection is enabled'
      })
    );
    const { left } = await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(left, [
      {
        what: 'stack',
        id: 'headrace-clicks-spark',
        why: 'AWS refused cloudformation:DeleteStack (TerminationProtection is enabled)',
        perHour: null
      }
    ]);
  });
});

describe('a destroy under faults', () => {
  it('goes on when a cleaner fails', async () => {
    const at = await standing();
    const denied = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow s3:DeleteObject');
    const failing = cleaner(() => Promise.reject(denied), ['net']);
    const result = await destroyEnvironment(claim, nothingLeft, at.hands([failing]));
    assert.equal(result.removed, 8);
    assert.deepEqual(at.notices, [
      'Could not clean the rules: AWS does not allow s3:DeleteObject.'
    ]);
  });

  it('survives throttling of every request', async () => {
    const at = await standing();
    for (const method of ['describe', 'events', 'resources', 'delete'] as const)
      at.stacks.refuse(method, busy(), busy(), busy());
    assert.equal((await destroyEnvironment(claim, nothingLeft, at.hands())).removed, 8);
  });

  it('says what goes on to cost when it is interrupted, and goes on when it is called again', async () => {
    const at = await standing();
    const ended = new AbortController();
    const hands = at.hands([], ended.signal);
    const stopping = {
      ...hands,
      onProgress: (event: (typeof at.progress)[number]) => {
        if (event.logicalId === 'Cluster' && event.elapsedMs > MINUTE) ended.abort();
      }
    };
    await assert.rejects(
      destroyEnvironment(claim, nothingLeft, stopping),
      failsWith('HR_INTERRUPTED', /not deleted yet goes on to cost.*--destroy clicks again/)
    );
    await destroyEnvironment(claim, nothingLeft, at.hands());
    assert.deepEqual(await at.stacks.list('headrace-'), []);
  });

  it('deletes what is just being made', async () => {
    const at = scene();
    const ended = new AbortController();
    const making = applyEnvironment(
      plans,
      { claim, cost },
      at.world,
      event => {
        if (event.logicalId === 'Cluster' && event.elapsedMs > MINUTE) ended.abort();
      },
      ended.signal
    );
    await assert.rejects(making, failsWith('HR_INTERRUPTED', /Interrupted/));
    await destroyEnvironment(claim, nothingLeft, at.hands());
    await at.stacks.rest();
    assert.deepEqual(await at.stacks.list('headrace-'), []);
  });
});

describe('the proof that nothing is left', () => {
  it('waits for lists that run behind', async () => {
    const at = await standing();
    let looks = 0;
    const late = {
      find: () => {
        looks += 1;
        const one = { what: 'ec2 natgateway', id: 'nat-1', why: 'tagged', perHour: null };
        return Promise.resolve(looks < 4 ? [one] : []);
      }
    };
    const { left } = await destroyEnvironment(claim, late, at.hands());
    assert.deepEqual([left, looks], [[], 4]);
  });

  it('names what stays, once', async () => {
    const at = await standing();
    at.stacks.sticking.set('KafkaGroup', DEPENDENT);
    const group = { what: 'security group', id: 'sg-KafkaGroup', why: 'tagged', perHour: null };
    const balancer = { what: 'network interface', id: 'eni-1', why: 'in use', perHour: null };
    const finder = { find: () => Promise.resolve([group, balancer]) };
    const { left } = await destroyEnvironment(claim, finder, at.hands());
    assert.deepEqual(
      left.map(one => [one.id, one.why]),
      [
        ['sg-KafkaGroup', 'resource sg-KafkaGroup has a dependent object'],
        ['eni-1', 'in use']
      ]
    );
  });

  it('has the price of a stuck resource from its tag, also where one has an ARN', async () => {
    const at = await standing();
    at.stacks.sticking.set('Cluster', DEPENDENT);
    const [stuck] = (await destroyEnvironment(claim, nothingLeft, at.hands())).left;
    const tagged = { what: 'kafka cluster', id: stuck?.id ?? '', why: 'tagged', perHour: 0.6 };
    const byArn = { ...tagged, id: 'arn:aws:kafka:eu-west-1:1:cluster/a/1', perHour: null };
    const byTag = { ...tagged, id: 'a/1' };
    const finder = { find: () => Promise.resolve([tagged, byArn, byTag]) };
    const { left } = await destroyEnvironment(claim, finder, at.hands());
    assert.deepEqual(left, [
      { ...stuck, perHour: 0.6 },
      { ...byArn, perHour: 0.6 }
    ]);
  });

  it('is not given where it could not be looked for', async () => {
    const at = await standing();
    const denied = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow tag:GetResources');
    const finder = { find: () => Promise.reject(denied) };
    const { removed, left } = await destroyEnvironment(claim, finder, at.hands());
    assert.equal(removed, 8);
    assert.deepEqual(
      left.map(one => [one.what, one.why]),
      [['not checked', 'AWS does not allow tag:GetResources']]
    );
  });

  it('is looked for in the network that the stacks named', async () => {
    const at = await standing();
    const seen: unknown[] = [];
    const finder = {
      find: (environment: string, network: { vpc: string | null; groups: readonly string[] }) => {
        seen.push([environment, network.vpc, network.groups]);
        return Promise.resolve([]);
      }
    };
    await destroyEnvironment(claim, finder, at.hands());
    assert.deepEqual(seen, [
      ['clicks', 'headrace-clicks-net-Vpc', ['sg-KafkaGroup', 'sg-SparkGroup']]
    ]);
  });
});
