import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../../fakes/errors.ts';
import { scene } from './scene.ts';
import {
  assertMadeOnce,
  assertNothingLeft,
  planAndApply,
  remove,
  whileMaking
} from './whole-life.ts';

const INTERRUPTED = failsWith(
  'HR_INTERRUPTED',
  /^Interrupted: .*What has begun on AWS goes on and costs: run --apply again to go on, or %provision aws --destroy orders/
);

describe('an apply that is interrupted', () => {
  for (const [layer, resource] of [
    ['net', 'NatGateway'],
    ['kafka', 'Cluster'],
    ['spark', 'Application']
  ] as const)
    it(`in ${layer} says what goes on, and the next one joins it`, async test => {
      const here = await scene(test);
      const ended = new AbortController();
      const stopping = whileMaking(here, resource, () => ended.abort());
      await assert.rejects(planAndApply(stopping, ended.signal), INTERRUPTED);
      const stack = [...here.aws.world.stacks.values()].findLast(
        ({ name }) => name === `headrace-orders-${layer}`
      );
      assert.equal(stack?.status, 'CREATE_IN_PROGRESS');
      const next = { ...here, ...here.again() };
      const profile = await planAndApply(next);
      assert.equal(profile.name, 'orders');
      assertMadeOnce(here.aws);
      assert.deepEqual((await remove(next)).left, []);
      assertNothingLeft(here.aws);
    });

  it('can be destroyed instead, in the middle of the making', async test => {
    const here = await scene(test);
    const ended = new AbortController();
    const stopping = whileMaking(here, 'Cluster', () => ended.abort());
    await assert.rejects(planAndApply(stopping, ended.signal), INTERRUPTED);
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(here.aws);
  });
});
