import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FaultKind } from '../../../fakes/aws/server/faults.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { scene } from './scene.ts';
import {
  assertMadeOnce,
  ONCE,
  planAndApply,
  remove,
  whileMaking,
  wholeLife
} from './whole-life.ts';

/** Operations after which something is begun, deleted or paid; S3 and EC2 are those of a destroy. */
const CHANGING = [
  { service: 'cloudformation', action: 'CreateChangeSet' },
  { service: 'cloudformation', action: 'DeleteChangeSet' },
  { service: 'cloudformation', action: 'ExecuteChangeSet' },
  { service: 'cloudformation', action: 'DeleteStack' },
  { service: 'emr-serverless', action: 'StartApplication' },
  { service: 'emr-serverless', action: 'StopApplication' }
] as const;

/** Long enough for a server on this machine, short enough for a test. */
const IMPATIENT = { requests: { maxAttempts: 1, requestTimeoutMs: 1_000 } };

/** MSK takes six steps: longer than an outage is waited for. */
const SLOW_MS = 150_000;

describe('a network that fails', () => {
  for (const how of ['5xx', 'cut'] as const satisfies readonly FaultKind[])
    for (const when of ['before', 'after'] as const)
      it(`by ${how} ${when} each changing request begins nothing twice`, async test => {
        const here = await scene(test, {}, ONCE);
        for (const one of CHANGING) here.aws.faults.add({ ...one, times: 3, how, when });
        await wholeLife(here, here.aws);
      });

  for (const when of ['before', 'after'] as const)
    it(`by no answer, with a request that is lost ${when} it was carried out, begins nothing twice`, async test => {
      const here = await scene(test, {}, IMPATIENT);
      for (const one of CHANGING) here.aws.faults.add({ ...one, times: 1, how: 'timeout', when });
      here.aws.faults.add({ service: '*', action: 'DescribeStacks', times: 1, how: 'timeout' });
      await wholeLife(here, here.aws);
    });

  it('by a cut of every request for minutes is waited for', async test => {
    const here = await scene(test, {}, ONCE);
    const cutting = whileMaking(here, 'Cluster', () =>
      here.aws.faults.add({ service: '*', action: '*', times: 8, how: 'cut' })
    );
    await planAndApply(cutting);
    assert.equal(here.aws.calls.filter(({ error }) => error === 'cut').length, 8);
    assertMadeOnce(here.aws);
    assert.deepEqual((await remove(here)).left, []);
  });

  for (const [how, sentence] of [
    ['cut', /AWS does not answer in eu-west-1 \(cloudformation:\S+: ECONNRESET\)/],
    ['5xx', /AWS has an internal problem \(cloudformation:\S+ in eu-west-1, HTTP 500\)/]
  ] as const)
    it(`by ${how} for longer is told with what goes on, and the next apply joins it`, async test => {
      const here = await scene(test, { stepMs: SLOW_MS }, ONCE);
      const failing = whileMaking(here, 'Cluster', () =>
        here.aws.faults.add({ service: '*', action: '*', times: 10_000, how })
      );
      await assert.rejects(planAndApply(failing), (error: unknown) =>
        [sentence, /What has begun on AWS goes on and costs: run --apply again/].every(line =>
          failsWith('HR_AWS_UNREACHABLE', line)(error)
        )
      );
      const stacks = [...here.aws.world.stacks.values()];
      assert.equal(
        stacks.findLast(({ name }) => name === 'headrace-orders-kafka')?.status,
        'CREATE_IN_PROGRESS'
      );
      here.aws.faults.clear();
      const next = { ...here, ...here.again() };
      await planAndApply(next);
      assertMadeOnce(here.aws);
      assert.deepEqual((await remove(next)).left, []);
    });

  it('in the middle of a destroy is told with what costs, and the next destroy ends it', async test => {
    const here = await scene(test, {}, ONCE);
    await planAndApply(here);
    here.aws.faults.add({
      service: 'cloudformation',
      action: 'DescribeStackEvents',
      times: 10_000,
      how: 'cut'
    });
    await assert.rejects(
      remove(here),
      failsWith(
        'HR_AWS_UNREACHABLE',
        /What is not deleted yet goes on to cost: run %provision aws --destroy orders again/
      )
    );
    here.aws.faults.clear();
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
  });
});
