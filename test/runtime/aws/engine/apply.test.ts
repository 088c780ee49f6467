import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { applyEnvironment } from '../../../../src/runtime/aws/engine/apply.ts';
import type { OnProgress } from '../../../../src/runtime/aws/engine/progress.ts';
import { resourceProgress } from '../../../../src/runtime/aws/engine/resource-progress.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { busy, claim, cost, kafkaWith, MINUTE, net, NEVER, plans, scene, spark } from './scene.ts';

type Scene = ReturnType<typeof scene>;

function apply(
  at: Scene,
  wanted = plans,
  signal: AbortSignal = NEVER,
  onProgress: OnProgress = event => at.progress.push(event)
) {
  return applyEnvironment(wanted, { claim, cost }, at.world, onProgress, signal);
}

const NETWORK_CUT = new HeadraceError('HR_AWS_UNREACHABLE', 'AWS does not answer in eu-west-1');

describe('an apply', () => {
  it('makes the layers one after another with the outputs of those before', async () => {
    const at = scene();
    const { layers, outputs } = await apply(at);
    assert.deepEqual(
      layers.map(({ layer, changed }) => [layer, changed]),
      [
        ['net', true],
        ['kafka', true],
        ['spark', true]
      ]
    );
    assert.equal(outputs.net?.['KafkaSecurityGroupId'], 'sg-KafkaGroup');
    assert.equal(outputs.spark?.['ApplicationId'], 'headrace-clicks-spark-Application');
    assert.equal(at.stacks.openChangeSets, 0);
  });

  it('tells of each resource with its time and the usual one', async () => {
    const at = scene();
    await apply(at);
    const cluster = at.progress.filter(event => event.logicalId === 'Cluster');
    const running = cluster.filter(event => event.status === 'CREATE_IN_PROGRESS');
    assert.ok(running.length > 50, `${running.length} looks`);
    const elapsed = running.map(event => event.elapsedMs);
    assert.deepEqual(
      elapsed,
      [...elapsed].sort((a, b) => a - b)
    );
    const end = cluster.at(-1);
    assert.equal(end?.status, 'CREATE_COMPLETE');
    assert.equal(end.elapsedMs, 30 * MINUTE);
    assert.equal(end.usualMs, 25 * MINUTE);
    assert.equal(end.layer, 'kafka');
    assert.deepEqual(resourceProgress(end), {
      layer: 'kafka',
      logicalId: 'Cluster',
      type: 'AWS::MSK::Cluster',
      action: 'create',
      state: 'done',
      startedAt: end.at - 30 * MINUTE,
      endedAt: end.at,
      usualMs: 25 * MINUTE,
      reason: null
    });
    const [beginning] = running;
    assert.ok(beginning);
    assert.equal(resourceProgress(beginning).state, 'running');
    assert.equal(resourceProgress(beginning).endedAt, null);
  });

  it('changes nothing the second time', async () => {
    const at = scene();
    await apply(at);
    const again = await apply(at);
    assert.deepEqual(
      again.layers.map(layer => layer.changed),
      [false, false, false]
    );
    assert.equal(at.stacks.calls.filter(call => call === 'execute').length, 3);
    assert.equal(at.stacks.openChangeSets, 0);
    assert.equal(again.outputs.net?.['VpcId'], 'headrace-clicks-net-Vpc');
  });

  it('changes only the layer that differs', async () => {
    const at = scene();
    await apply(at);
    const more = kafkaWith({ NumberOfBrokerNodes: 6 });
    const { layers } = await apply(at, [net, more, spark]);
    assert.deepEqual(
      layers.map(layer => layer.changed),
      [false, true, false]
    );
  });

  it('refuses a change that replaces the cluster, and removes its change set', async () => {
    const at = scene();
    await apply(at);
    at.stacks.replacements.set('Cluster', 'True');
    await assert.rejects(
      apply(at, [net, kafkaWith({ NumberOfBrokerNodes: 2 }), spark]),
      failsWith('HR_ENVIRONMENT', /would replace the Kafka cluster .*-Cluster with all its topics/)
    );
    assert.equal(at.stacks.openChangeSets, 0);
    assert.equal(at.stacks.calls.filter(call => call === 'execute').length, 3);
  });

  it('touches no stack that Headrace did not make', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-kafka', { team: 'billing' });
    await assert.rejects(
      apply(at),
      failsWith('HR_ENVIRONMENT', /headrace-clicks-kafka was not made by Headrace/)
    );
    const kafka = await at.stacks.describe('headrace-clicks-kafka');
    assert.equal(kafka?.status, 'CREATE_COMPLETE');
  });
});

describe('an apply that is interrupted', () => {
  it('joins what AWS goes on with when it is called again', async () => {
    const at = scene();
    const ended = new AbortController();
    await assert.rejects(
      apply(at, plans, ended.signal, event => {
        if (event.logicalId === 'Cluster' && event.elapsedMs > 10 * MINUTE) ended.abort();
      }),
      failsWith('HR_INTERRUPTED', /goes on and costs: run --apply again.*--destroy clicks/)
    );
    const { layers } = await apply(at);
    assert.equal(layers.length, 3);
    assert.equal(at.stacks.made('headrace-clicks-kafka'), 1);
    const cluster = at.progress.filter(event => event.logicalId === 'Cluster');
    // The time is counted from the beginning on AWS, not from the second apply.
    assert.ok((cluster[0]?.elapsedMs ?? 0) > 10 * MINUTE);
    assert.equal(cluster.at(-1)?.elapsedMs, 30 * MINUTE);
  });

  it('says what runs when the credentials expire meanwhile', async () => {
    const at = scene();
    const expired = new HeadraceError('HR_AWS_CREDENTIALS', 'The AWS credentials have expired', {
      next: 'Run aws sso login --profile data, then run the cell again.'
    });
    await assert.rejects(
      apply(at, plans, NEVER, event => {
        if (event.logicalId === 'Vpc' && event.status === 'CREATE_IN_PROGRESS')
          at.stacks.refuse('describe', expired);
      }),
      failsWith('HR_AWS_CREDENTIALS', /aws sso login --profile data.*goes on and costs/)
    );
    assert.equal((await apply(at)).layers.length, 3);
    assert.equal(at.stacks.made('headrace-clicks-net'), 1);
  });

  it('uses the empty stack that a plan left behind', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', {}, 'REVIEW_IN_PROGRESS');
    await apply(at);
    assert.equal(at.stacks.made('headrace-clicks-net'), 1);
  });
});

describe('an apply under faults', () => {
  it('survives throttling of every request', async () => {
    const at = scene();
    for (const method of ['describe', 'events', 'createChangeSet', 'execute'] as const)
      at.stacks.refuse(method, busy(), busy(), busy());
    assert.equal((await apply(at)).layers.length, 3);
  });

  it('begins nothing twice when the answer to a request is lost', async () => {
    const at = scene();
    at.stacks.loseAnswer('createChangeSet', NETWORK_CUT);
    at.stacks.loseAnswer('execute', NETWORK_CUT);
    assert.equal((await apply(at)).layers.length, 3);
    assert.equal(at.stacks.made('headrace-clicks-net'), 1);
    assert.equal(at.stacks.openChangeSets, 0);
  });

  it('takes what has moved meanwhile for begun, although the repeated request is refused', async () => {
    const at = scene();
    const execute = at.stacks.execute.bind(at.stacks);
    at.stacks.execute = async (id, token) => {
      await execute(id, token);
      await at.clock.sleep(40 * MINUTE);
      throw new HeadraceError('HR_AWS_REFUSED', `ChangeSet ${id} cannot be executed`);
    };
    assert.equal((await apply(at)).layers.length, 3);
    for (const { name } of plans) assert.equal(at.stacks.made(name), 1);
  });

  it('says what stands and costs when a later layer is refused', async () => {
    const at = scene();
    await apply(at, [net]);
    const denied = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow kafka:X', {
      next: 'Have it added.'
    });
    const execute = at.stacks.execute.bind(at.stacks);
    at.stacks.execute = () => Promise.reject(denied);
    await assert.rejects(
      apply(at),
      failsWith(
        'HR_AWS_REFUSED',
        /^AWS does not allow kafka:X\. Have it added\. What stands: net \(\$0\.05 an hour while idle\); %provision aws --destroy clicks ends that\.$/
      )
    );
    at.stacks.execute = execute;
    assert.equal((await apply(at)).layers.length, 3);
  });

  it('waits out a cut of the network, and gives up a long one with the way back', async () => {
    const at = scene();
    at.stacks.refuse('events', ...Array.from({ length: 12 }, () => NETWORK_CUT));
    assert.equal((await apply(at, [net])).layers.length, 1);
    at.stacks.refuse('describe', ...Array.from({ length: 60 }, () => NETWORK_CUT));
    await assert.rejects(
      apply(at, plans),
      failsWith('HR_AWS_UNREACHABLE', /does not answer.*run --apply again/)
    );
  });

  it('does not repeat a refusal', async () => {
    const at = scene();
    const denied = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow kafka:CreateClusterV2');
    at.stacks.refuse('createChangeSet', denied);
    await assert.rejects(apply(at), failsWith('HR_AWS_REFUSED', /does not allow/));
    assert.equal(at.stacks.calls.filter(call => call === 'createChangeSet').length, 1);
  });
});

describe('a resource that fails', () => {
  const LIMIT =
    'Resource handler returned message: "You have reached the maximum number of brokers. (Service: Kafka, Status Code: 400, Request ID: 1-2)" (RequestToken: 3, HandlerErrorCode: ServiceLimitExceeded)';

  it('is named with its reason, what is left and what that costs', async () => {
    const at = scene();
    at.stacks.failing.set('Cluster', LIMIT);
    await assert.rejects(
      apply(at),
      failsWith(
        'HR_ENVIRONMENT',
        /^The kafka layer of clicks failed at Cluster \(AWS::MSK::Cluster\) \(You have reached the maximum number of brokers\)\. .*Service Quotas.*What stands: net \(\$0\.05 an hour while idle\); %provision aws --destroy clicks ends that\. Then run --apply again\.$/
      )
    );
    assert.equal((await at.stacks.describe('headrace-clicks-kafka'))?.status, 'ROLLBACK_COMPLETE');
  });

  it('does not stop the next apply: its stack is deleted and made anew', async () => {
    const at = scene();
    at.stacks.failing.set('Cluster', LIMIT);
    await assert.rejects(apply(at));
    at.stacks.failing.clear();
    assert.equal((await apply(at)).layers.length, 3);
    assert.equal(at.stacks.made('headrace-clicks-kafka'), 2);
    assert.equal(at.stacks.made('headrace-clicks-net'), 1);
  });

  it('of a stack that was made by somebody else in the same name is not deleted', async () => {
    const at = scene();
    await apply(at, [net]);
    at.stacks.place('headrace-clicks-kafka', { team: 'billing' }, 'ROLLBACK_COMPLETE');
    await assert.rejects(apply(at), failsWith('HR_ENVIRONMENT', /not made by Headrace/));
    assert.equal((await at.stacks.describe('headrace-clicks-kafka'))?.status, 'ROLLBACK_COMPLETE');
  });

  it('lists what a rollback could not remove', async () => {
    const at = scene();
    at.stacks.failing.set('Cluster', 'Internal error');
    at.stacks.sticking.set('Configuration', 'still in use');
    await assert.rejects(
      apply(at),
      failsWith('HR_ENVIRONMENT', /What stands: net, of kafka .*Configuration.*\$0\.19 an hour/)
    );
  });

  it('in a change leaves the layer as it was', async () => {
    const at = scene();
    await apply(at);
    at.stacks.failing.set('Cluster', 'Only one change every 6 hours is possible.');
    await assert.rejects(
      apply(at, [net, kafkaWith({ NumberOfBrokerNodes: 6 }), spark]),
      failsWith('HR_ENVIRONMENT', /every 6 hours.*What stands: net and kafka and spark/)
    );
    at.stacks.failing.clear();
    const { layers } = await apply(at);
    assert.equal(layers.length, 3);
  });
});

describe('two applies at the same time', () => {
  it('make one environment', async () => {
    const at = scene();
    const [first, second] = await Promise.all([apply(at), apply(at)]);
    assert.deepEqual(first.outputs, second.outputs);
    for (const layer of ['net', 'kafka', 'spark'])
      assert.equal(at.stacks.made(`headrace-clicks-${layer}`), 1);
  });
});
