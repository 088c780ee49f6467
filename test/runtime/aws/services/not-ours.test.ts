import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openPlace } from '../../../../src/runtime/aws/services/place.ts';
import { failsWith } from '../../../fakes/errors.ts';
import type { FakeAws } from '../../../fakes/aws/server/start.ts';
import { CLAIM, HOUR, NEVER, NOTEBOOK, scene, specOf, type Scene } from './scene.ts';
import { assertMadeOnce, planAndApply, remove } from './whole-life.ts';

const OTHER = {
  arn: 'arn:aws:iam::123456789012:user/eve',
  keys: { accessKeyId: 'AKIAEVEEVEEVEEVEEVEE', secretAccessKey: 'a secret of eve' }
};
const FIRST = {
  arn: 'arn:aws:iam::123456789012:user/tester',
  keys: { accessKeyId: 'AKIATESTERTESTERTEST', secretAccessKey: 'a secret of the tests' }
};

/** A stack of this name that was made without Headrace. */
async function foreignStack({ aws, clock }: Scene, name: string): Promise<void> {
  const { stacks } = openPlace(aws.region, { env: aws.env, clock }).world;
  const plan = await stacks.createChangeSet(
    {
      stack: name,
      kind: 'CREATE',
      template: {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: 'Bills',
        Resources: { Data: { Type: 'AWS::S3::Bucket' } }
      },
      parameters: {},
      tags: { team: 'billing' },
      token: 'theirs'
    },
    NEVER
  );
  await stacks.execute(plan.id, 'theirs-too', NEVER);
  clock.pass(HOUR);
  assert.equal((await stacks.describe(name, NEVER))?.status, 'CREATE_COMPLETE');
}

/** The account as it is now; what has only been planned is no change. */
function account({ world }: FakeAws): unknown {
  const stacks = [...world.stacks.values()].map(({ name, status }) => `${name} ${status}`);
  return { stacks, things: [...world.things.keys()], rules: [...world.rules.keys()] };
}

/** Runs what is to be refused, and checks that it changed nothing. */
async function refused({ aws }: Scene, work: Promise<unknown>, line: RegExp): Promise<void> {
  const before = account(aws);
  await assert.rejects(work, failsWith('HR_ENVIRONMENT', line));
  assert.deepEqual(account(aws), before);
}

/** The services as somebody else of the account has them. */
function asOther(here: Scene, test: TestContext) {
  const { aws } = here;
  const mine = { ...process.env };
  test.after(() => void (process.env = mine));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: OTHER.keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OTHER.keys.secretAccessKey
  });
  return here.again({
    env: { ...aws.env, HEADRACE_LIVY_SERVERLESS_URL: aws.livyUrl('{application}') }
  });
}

describe('what this notebook did not make', () => {
  it('a stack without the tags of Headrace is neither changed nor deleted, with force neither', async test => {
    const here = await scene(test);
    await foreignStack(here, 'headrace-orders-kafka');
    const line =
      /^The stack headrace-orders-kafka was not made by Headrace \(it lacks the tag headrace:environment=orders\)\. Choose another --name; that stack is left as it is/;
    const { environments, onEvent } = here;
    await refused(here, environments.plan(specOf(), NOTEBOOK, NEVER), line);
    for (const force of [false, true]) {
      const claim = { ...CLAIM, force };
      await refused(here, environments.destroy('orders', 'eu-west-1', claim, onEvent, NEVER), line);
    }
  });

  it('an environment of another notebook of the same person wants force', async test => {
    const here = await scene(test);
    await planAndApply(here);
    const { environments, onEvent } = here;
    const claim = { notebook: 'notebook-2', force: false };
    await refused(
      here,
      environments.destroy('orders', 'eu-west-1', claim, onEvent, NEVER),
      /^The environment orders was made by another notebook \(owner \S+user\/tester\)\. Run this from that notebook, or add --force because it is yours/
    );
    const forced = { ...claim, force: true };
    const { left } = await environments.destroy('orders', 'eu-west-1', forced, onEvent, NEVER);
    assert.deepEqual(left, []);
  });

  it('an environment of another person is left, with force too', async test => {
    const here = await scene(test, { principals: [FIRST, OTHER] });
    await planAndApply(here);
    const { environments } = asOther(here, test);
    const claim = { notebook: 'notebook-2', force: true };
    const line =
      /^The environment orders was made by another notebook \(owner \S+user\/tester\)\. Ask its owner, or choose another --name/;
    await refused(
      here,
      environments.destroy('orders', 'eu-west-1', claim, here.onEvent, NEVER),
      line
    );
    await refused(here, environments.plan(specOf(), 'notebook-2', NEVER), line);
  });

  it('a cluster that has the name already is told, and left', async test => {
    const here = await scene(test);
    const id = 'arn:aws:kafka:eu-west-1:123456789012:cluster/headrace-orders/0a-7';
    here.aws.world.things.set(id, {
      type: 'AWS::MSK::Cluster',
      id,
      arn: id,
      properties: { ClusterName: 'headrace-orders' },
      tags: { team: 'billing' },
      state: 'ACTIVE',
      createdAt: 0
    });
    await assert.rejects(
      planAndApply(here),
      failsWith(
        'HR_ENVIRONMENT',
        /failed at Cluster \(AWS::MSK::Cluster\) .*'headrace-orders' already exists\)\. Choose another --name, or delete what has that name\. What stands: net \(\$0\.05 an hour/
      )
    );
    assert.deepEqual((await remove(here)).left, []);
    assert.ok(here.aws.world.things.has(id));
  });

  it('a change that would take the cluster away is not made', async test => {
    const here = await scene(test);
    await planAndApply(here);
    await refused(
      here,
      here.environments.plan(specOf({ kafka: 'msk-serverless' }), NOTEBOOK, NEVER),
      /^This change would (delete|replace) the Kafka cluster headrace-orders with all its topics \(Cluster in headrace-orders-kafka\)\. Give the changed environment another --name, or destroy this one first; the cluster is left as it is/
    );
    assertMadeOnce(here.aws);
  });
});
