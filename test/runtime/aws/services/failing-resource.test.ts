import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../../fakes/errors.ts';
import { NEVER, NOTEBOOK, scene, specOf } from './scene.ts';
import { assertNothingLeft, planAndApply, remove } from './whole-life.ts';

interface Failure {
  readonly layer: string;
  readonly resource: string;
  readonly type: string;
  /** As the handler of the resource says it. */
  readonly reason: string;
  /** What is told of the reason, of what to do, and of what stands. */
  readonly told: RegExp;
}

const handler = (message: string, service: string, code: string): string =>
  `Resource handler returned message: "${message} (Service: ${service}, Status Code: 400, Request ID: 0a1b-2c3d) (SDK Attempt Count: 1)" (RequestToken: 1f2e-3d4c, HandlerErrorCode: ${code})`;

const FAILURES: readonly Failure[] = [
  {
    layer: 'net',
    resource: 'Vpc',
    type: 'AWS::EC2::VPC',
    reason: handler('The maximum number of VPCs has been reached.', 'Ec2', 'ServiceLimitExceeded'),
    told: /\(The maximum number of VPCs has been reached\)\. Free something of it, .*ask for more in Service Quotas\. Nothing of it is left, and it costs nothing\. Then run --apply again/
  },
  {
    layer: 'kafka',
    resource: 'Cluster',
    type: 'AWS::MSK::Cluster',
    reason: handler(
      'You exceeded the quota of brokers of the account.',
      'Kafka',
      'GeneralServiceException'
    ),
    told: /\(You exceeded the quota of brokers of the account\)\. .*Service Quotas\. What stands: net \(\$0\.05 an hour while idle\); %provision aws --destroy orders ends that\. Then run --apply again/
  },
  {
    layer: 'spark',
    resource: 'Application',
    type: 'AWS::EMRServerless::Application',
    reason: handler('Service role lacks trust', 'EmrServerless', 'InvalidRequest'),
    told: /\(Service role lacks trust\)\. What stands: net and kafka \(\$0\.\d\d an hour while idle\); %provision aws --destroy orders ends that\. Then run --apply again/
  }
];

describe('a resource that fails', () => {
  for (const { layer, resource, type, reason, told } of FAILURES)
    it(`in ${layer} is named with why, what stands and its price; the next apply goes on`, async test => {
      const here = await scene(test);
      here.aws.failResource(resource, reason);
      await assert.rejects(planAndApply(here), (error: unknown) => {
        const which = `^The ${layer} layer of orders failed at ${resource} \\(${type}\\) `;
        return [new RegExp(which), told].every(line => failsWith('HR_ENVIRONMENT', line)(error));
      });
      const next = { ...here, ...here.again() };
      const plan = await next.environments.plan(specOf(), NOTEBOOK, NEVER);
      const again = `The ${layer} stack failed before; it is deleted and made anew.`;
      assert.ok(plan.warnings.includes(again), plan.warnings.join('\n'));
      await planAndApply(next);
      const vpcs = here.aws.worked.filter(
        work => work.type === 'AWS::EC2::VPC' && work.verb === 'create'
      );
      assert.equal(vpcs.length, layer === 'net' ? 2 : 1, 'what stands is not made again');
      assert.deepEqual((await remove(next)).left, []);
      assertNothingLeft(here.aws);
    });

  it('and whose stack is left as it is can be destroyed', async test => {
    const here = await scene(test);
    here.aws.failResource('Cluster', 'Internal error');
    await assert.rejects(planAndApply(here), failsWith('HR_ENVIRONMENT', /Internal error/));
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(here.aws);
  });
});
