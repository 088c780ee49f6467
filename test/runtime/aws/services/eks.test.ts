import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { targetProfileSchema } from '../../../../src/runtime/profile/profile.ts';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { CLAIM, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

const EKS = { cluster: 'analytics', namespace: 'streams' };

describe('an environment of EMR on EKS', () => {
  it('says how to go there with a Livy of its owner, and keeps its brokers and its release then', async test => {
    const { aws, services, onEvent } = await scene(test);
    const { environments, stacks, jobs } = services;
    const vpc = aws.foreign.vpc();
    const tags = { 'aws:eks:cluster-name': EKS.cluster };
    aws.foreign.securityGroup({ vpc: vpc.id, name: 'eks-cluster-sg', tags });
    const spec = specOf({
      kafka: 'msk-serverless',
      spark: 'emr-eks',
      eks: EKS,
      release: 'emr-spark-8.1.0',
      vpc: { id: vpc.id, subnets: [...vpc.subnets] }
    });
    const plan = await environments.plan(spec, NOTEBOOK, NEVER);
    const refusal = await environments
      .apply(plan, CLAIM, onEvent, NEVER)
      .catch((error: unknown) => error);
    assert.ok(refusal instanceof HeadraceError);
    const [, stack = '', region = ''] =
      /%provision attach --stack (\S+) --region (\S+) --livy URL --livy-type emr-eks --as orders/.exec(
        refusal.next ?? ''
      ) ?? [];

    const told = await stacks.resolve(stack, region, NEVER);
    assert.deepEqual(told.brokers, ['127.0.0.1:9092']);
    assert.deepEqual(told.kafkaAuth, { kind: 'iam', region: 'eu-west-1' });
    assert.deepEqual(told.environment, { name: 'orders', region, account: aws.account });
    assert.equal(told.livy, null);

    const profile = targetProfileSchema.parse({
      ...told,
      name: 'orders',
      kind: 'attach',
      livy: { url: 'http://livy.example.org:8998', type: 'emr-eks' }
    });
    const opened = await jobs.open(profile, NEVER);
    const request = { name: 'clicks', entryPoint: 's3://demo/job.py', streaming: true, token: 't' };
    const id = await opened.submit(request, NEVER);
    assert.equal(aws.world.jobRuns.get(id)?.release, 'emr-spark-8.1.0-latest');
  });
});
