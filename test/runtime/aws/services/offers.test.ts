import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlannedStack } from '../../../../src/runtime/aws/environments-port.ts';
import type { EnvironmentSpec } from '../../../../src/runtime/aws/environment/spec.ts';
import { toAwsError } from '../../../../src/runtime/aws/control/errors.ts';
import { checkOffers } from '../../../../src/runtime/aws/services/offers.ts';
import { openPlace } from '../../../../src/runtime/aws/services/place.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { NEVER, NOTEBOOK, scene, specOf } from './scene.ts';
import { planAndApply } from './whole-life.ts';

const ON_EC2: Partial<EnvironmentSpec> = { spark: 'emr-ec2' };

describe('a region', () => {
  it('without the release is refused before anything is made', async test => {
    const { aws, environments } = await scene(test);
    await assert.rejects(
      environments.plan(specOf({ ...ON_EC2, release: 'emr-7.99.0' }), NOTEBOOK, NEVER),
      failsWith(
        'HR_ENVIRONMENT',
        /^eu-west-1 does not have the EMR release emr-7\.99\.0 \(EMR lists no emr-7\.99\.0 there\)\. Choose another --region or --release; nothing was made/
      )
    );
    assert.deepEqual(aws.worked, []);
  });

  it('is asked for the release page by page, and without the date of its image', async test => {
    const releases = ['emr-7.14.0-preview', 'emr-7.14.01', 'emr-7.14.0'];
    const { aws, clock } = await scene(test, { releases, pageSize: 1 });
    const place = openPlace('eu-west-1', { env: aws.env, clock });
    const eks = { cluster: 'lake', namespace: 'default' };
    const spec = specOf({ spark: 'emr-eks', eks, release: 'emr-7.14.0-latest' });
    const stacks = adding('AWS::EMRContainers::VirtualCluster');
    assert.deepEqual(await checkOffers(spec, stacks, place, NEVER), []);
    assert.equal(aws.calls.filter(({ action }) => action === 'ListReleaseLabels').length, 3);
  });

  it('without the version of Kafka is refused before anything is made', async test => {
    const { aws, environments } = await scene(test, { kafkaVersions: ['2.8.1', '3.6.0'] });
    await assert.rejects(
      environments.plan(specOf(), NOTEBOOK, NEVER),
      failsWith(
        'HR_ENVIRONMENT',
        /^eu-west-1 does not have Kafka 3\.9\.x\.kraft of MSK \(it has 2\.8\.1, 3\.6\.0\)\. Choose another --region or --kafka; nothing was made/
      )
    );
    assert.deepEqual(aws.worked, []);
  });

  it('that is not known for MSK Serverless is warned of', async test => {
    const { aws, clock } = await scene(test, { region: 'sa-east-1' });
    const place = openPlace('sa-east-1', { env: aws.env, clock });
    const spec = specOf({ region: 'sa-east-1', kafka: 'msk-serverless' });
    const warnings = await checkOffers(spec, adding('AWS::MSK::ServerlessCluster'), place, NEVER);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^MSK Serverless was not in sa-east-1 when/);
  });

  for (const type of ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'])
    it(`in which MSK has no address does not have it: ${type}`, async test => {
      const { aws, clock } = await scene(test);
      const place = openPlace('eu-west-1', { env: aws.env, clock });
      const gone = Object.assign(new Error('getaddrinfo ENOTFOUND kafka.x'), { code: 'ENOTFOUND' });
      const msk: typeof place.msk = operation =>
        Promise.reject(toAwsError(gone, { action: `kafka:${operation}`, region: place.region }));
      const before = clock.now();
      await assert.rejects(
        checkOffers(specOf(), adding(type), { ...place, msk }, NEVER),
        failsWith('HR_ENVIRONMENT', /^eu-west-1 does not have MSK \(it has no address there\)/)
      );
      assert.equal(clock.now(), before, 'it is not waited for');
    });

  for (const [service, action, kind, about] of [
    ['kafka', 'ListKafkaVersions', {}, 'MSK has Kafka 3\\.9\\.x\\.kraft'],
    ['elasticmapreduce', 'ListReleaseLabels', ON_EC2, 'EMR has the release'],
    ['emr-serverless', 'ListApplications', {}, 'EMR Serverless is there']
  ] as const)
    it(`that may not be asked ${service}:${action} is planned with a warning`, async test => {
      const { aws, environments } = await scene(test);
      aws.faults.add({ service, action, times: 1, how: 'access-denied' });
      const { warnings } = await environments.plan(specOf(kind), NOTEBOOK, NEVER);
      assert.match(
        warnings.join('\n'),
        new RegExp(
          `^It is not known whether ${about} in eu-west-1: AWS does not allow ${service}:${action}\\.$`,
          'm'
        )
      );
    });

  it('is not asked again for what stands', async test => {
    const here = await scene(test);
    await planAndApply(here);
    const before = here.aws.calls.length;
    await here.environments.plan(specOf(), NOTEBOOK, NEVER);
    const asked = here.aws.calls.slice(before).map(({ action }) => action);
    for (const action of ['ListKafkaVersions', 'ListApplications'])
      assert.ok(!asked.includes(action), action);
  });
});

/** The stacks of a plan that makes one resource of this type. */
function adding(type: string): readonly PlannedStack[] {
  const change = {
    action: 'Add' as const,
    logicalId: 'It',
    physicalId: null,
    type,
    replacement: null,
    usualMs: null
  };
  return [{ layer: 'kafka', name: 'headrace-orders-kafka', changes: [change] }];
}
