import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { failsWith } from '../../../fakes/errors.ts';
import type { FakeAws } from '../../../fakes/aws/server/start.ts';
import { NEVER, scene } from './scene.ts';
import {
  assertMadeOnce,
  ONCE,
  planAndApply,
  remove,
  whileMaking,
  wholeLife
} from './whole-life.ts';

interface Used {
  readonly service: string;
  readonly action: string;
}

/** Every operation that the life of an environment needs. */
async function operationsOf(test: TestContext): Promise<readonly Used[]> {
  const here = await scene(test);
  await wholeLife(here, here.aws);
  const names = new Set(here.aws.calls.map(({ service, action }) => `${service} ${action}`));
  return [...names].map(name => {
    const [service = '', action = ''] = name.split(' ');
    return { service, action };
  });
}

const throttled = ({ calls }: FakeAws) => calls.filter(({ error }) => error === 'throttle');

describe('an account that is throttled', () => {
  it('at each operation makes, shows and removes an environment all the same', async test => {
    const used = await operationsOf(test);
    assert.ok(used.length > 20);
    const here = await scene(test, {}, ONCE);
    for (const one of used) here.aws.faults.add({ ...one, times: 2, how: 'throttle' });
    await wholeLife(here, here.aws);
    const hit = throttled(here.aws).map(({ service, action }) => `${service} ${action}`);
    for (const { service, action } of used)
      assert.equal(hit.filter(name => name === `${service} ${action}`).length, 2, action);
  });

  for (const service of ['cloudformation', 'kafka', 'emr-serverless', 'ec2'])
    it(`at ${service} for many requests is waited for`, async test => {
      const here = await scene(test, {}, ONCE);
      here.aws.faults.add({ service, action: '*', times: 12, how: 'throttle' });
      await wholeLife(here, here.aws);
      assert.equal(throttled(here.aws).length, 12);
    });

  it('is left to the retries of the SDK where they are enough', async test => {
    const here = await scene(test);
    here.aws.faults.add({ service: '*', action: '*', times: 3, how: 'throttle' });
    const before = here.clock.now();
    assert.deepEqual(await here.environments.list('eu-west-1', NEVER), []);
    assert.equal(throttled(here.aws).length, 3);
    assert.equal(here.clock.now(), before, 'Headrace did not wait itself');
  });

  it('for longer than is waited is told with what goes on, and the next apply goes on', async test => {
    const here = await scene(test, {}, ONCE);
    const worker = whileMaking(here, 'Cluster', () =>
      here.aws.faults.add({ service: '*', action: '*', times: 10_000, how: 'throttle' })
    );
    await assert.rejects(
      planAndApply(worker),
      failsWith(
        'HR_AWS_UNREACHABLE',
        /AWS asks for fewer requests \(cloudformation:DescribeStack\S+ in eu-west-1, HTTP \d+\)\. What has begun on AWS goes on and costs: run --apply again to go on, or %provision aws --destroy orders/
      )
    );
    here.aws.faults.clear();
    const next = { ...here, ...here.again() };
    await planAndApply(next);
    assertMadeOnce(here.aws);
    assert.deepEqual((await remove(next)).left, []);
  });
});
