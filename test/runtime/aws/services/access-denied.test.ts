import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { POLICY_DOCUMENT } from '../../../../src/runtime/aws/control/errors.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { scene } from './scene.ts';
import {
  assertMadeOnce,
  assertNothingLeft,
  planAndApply,
  remove,
  whileMaking
} from './whole-life.ts';

const denied = (service: string, action: string, times = 1) =>
  ({ service, action, times, how: 'access-denied' }) as const;

function sentence(action: string, rest = ''): RegExp {
  const document = POLICY_DOCUMENT.replaceAll('.', '\\.');
  return new RegExp(
    `^AWS does not allow ${action} \\(asked as arn:aws:iam::\\d+:user/tester\\)\\. Have ${action} added to the policy of that role or user; the whole one is ${document}\\.${rest}`
  );
}

describe('an action that is not allowed', () => {
  it('is looked up in a document that is there', async () => {
    await access(path.join(import.meta.dirname, '../../../..', POLICY_DOCUMENT));
  });

  for (const [service, action] of [
    ['cloudformation', 'DescribeStacks'],
    ['cloudformation', 'CreateChangeSet'],
    ['ec2', 'DescribeAvailabilityZones']
  ] as const)
    it(`is named with the policy: ${service}:${action}, and nothing is made`, async test => {
      const here = await scene(test);
      here.aws.faults.add(denied(service, action));
      await assert.rejects(
        planAndApply(here),
        failsWith('HR_AWS_REFUSED', sentence(`${service}:${action}`))
      );
      assert.deepEqual(here.aws.worked, []);
      await planAndApply(here);
      assertMadeOnce(here.aws);
    });

  it('in the middle of an apply is told with what stands and its price; allowed, the next goes on', async test => {
    const here = await scene(test);
    const stopping = whileMaking(here, 'NatGateway', () =>
      here.aws.faults.add(denied('cloudformation', 'CreateChangeSet'))
    );
    await assert.rejects(
      planAndApply(stopping),
      failsWith(
        'HR_AWS_REFUSED',
        sentence(
          'cloudformation:CreateChangeSet',
          ' What stands: net \\(\\$0\\.05 an hour while idle\\); %provision aws --destroy orders ends that\\.'
        )
      )
    );
    const next = { ...here, ...here.again() };
    await planAndApply(next);
    assertMadeOnce(here.aws);
    assert.deepEqual((await remove(next)).left, []);
  });

  it('after the stacks is told with all that stands; allowed, the next goes on', async test => {
    const here = await scene(test);
    here.aws.faults.add(denied('emr-serverless', 'StartApplication'));
    await assert.rejects(
      planAndApply(here),
      failsWith(
        'HR_AWS_REFUSED',
        sentence(
          'emr-serverless:StartApplication',
          ' What stands: net and kafka and spark \\(\\$0\\.\\d\\d an hour while idle\\); %provision aws --destroy orders ends that\\.'
        )
      )
    );
    const next = { ...here, ...here.again() };
    await planAndApply(next);
    assertMadeOnce(here.aws);
  });

  it('in a handler of CloudFormation is named with the policy, too', async test => {
    const here = await scene(test);
    const message = `User: arn:aws:iam::123456789012:user/tester is not authorized to perform: kafka:CreateClusterV2`;
    here.aws.failResource('Cluster', message);
    await assert.rejects(
      planAndApply(here),
      failsWith(
        'HR_ENVIRONMENT',
        /failed at Cluster .*kafka:CreateClusterV2\)\. Have that action added .* docs\/aws\/provisioning-policy\.json\. What stands: net/
      )
    );
    assert.deepEqual((await remove(here)).left, []);
  });

  it('in a destroy is told as what is left and costs; allowed, the next ends with nothing left', async test => {
    const here = await scene(test);
    await planAndApply(here);
    here.aws.faults.add(denied('cloudformation', 'DeleteStack', 3));
    const { left } = await remove(here);
    const stacks = left.filter(one => one.what === 'stack');
    assert.deepEqual(
      stacks.map(one => one.id),
      ['headrace-orders-spark', 'headrace-orders-kafka', 'headrace-orders-net']
    );
    for (const one of stacks) assert.match(one.why, /does not allow cloudformation:DeleteStack/);
    const price = (what: RegExp) => left.find(one => what.test(one.what))?.perHour ?? 0;
    assert.ok(price(/^kafka cluster/) > 0.1 && price(/natgateway/i) > 0.04);
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(here.aws);
  });

  it('that would show that nothing is left is told, and is no proof', async test => {
    const here = await scene(test);
    await planAndApply(here);
    here.aws.faults.add(denied('tag', 'GetResources'));
    const { left } = await remove(here);
    assert.deepEqual(
      left.map(({ what, why }) => [what, why]),
      [
        [
          'not checked',
          'AWS does not allow tag:GetResources (asked as arn:aws:iam::123456789012:user/tester)'
        ]
      ]
    );
  });
});
