import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EC2 } from '@aws-sdk/client-ec2';
import { STS } from '@aws-sdk/client-sts';
import { startAws } from '../../../fakes/aws/server/start.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { applied, bench, configOf, deleted } from './support.ts';
import { kafka, network } from './templates.ts';

describe('the fake AWS', () => {
  it('goes by a clock where it has one', async test => {
    const clock = new ManualClock(1_800_000_000_000);
    const clients = await bench(test, { clock, stepMs: 60_000 });
    const { cloudformation, kafka: msk } = clients;
    await cloudformation.createChangeSet({
      StackName: 'k',
      ChangeSetName: 'plan',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(kafka)
    });
    await clock.advance(120_000);
    await cloudformation.executeChangeSet({ StackName: 'k', ChangeSetName: 'plan' });
    for (let look = 0; look < 20; look += 1) await msk.listClustersV2({});
    await clock.advance(5 * 60_000);
    assert.equal((await msk.listClustersV2({})).ClusterInfoList?.[0]?.State, 'CREATING');
    await clock.advance(60_000);
    const [cluster] = (await msk.listClustersV2({})).ClusterInfoList ?? [];
    assert.equal(cluster?.State, 'ACTIVE');
    assert.equal(cluster.CreationTime?.getTime(), 1_800_000_000_000 + 120_000);
    const { StackEvents: [last] = [] } = await cloudformation.describeStackEvents({
      StackName: 'k'
    });
    assert.equal(last?.Timestamp?.getTime(), 1_800_000_000_000 + 480_000);
  });

  it('tells its callers apart, and refuses a stranger', async test => {
    const principals = ['ada', 'bob'].map(name => ({
      arn: `arn:aws:iam::123456789012:user/${name}`,
      keys: { accessKeyId: `AKIA${name}`, secretAccessKey: name }
    }));
    const { aws, sts } = await bench(test, { principals });
    const second = new STS({
      ...configOf(aws),
      credentials: { accessKeyId: 'AKIAbob', secretAccessKey: 'bob' }
    });
    await sts.getCallerIdentity({});
    assert.match((await second.getCallerIdentity({})).Arn ?? '', /user\/bob$/);
    assert.deepEqual(
      aws.calls.map(({ principal, permissions }) => [principal, permissions]),
      principals.map(({ arn }) => [arn, ['sts:GetCallerIdentity']])
    );
    const keys = { accessKeyId: 'AKIAnobody', secretAccessKey: 'x' };
    const stranger = new STS({ ...configOf(aws), credentials: keys });
    await assert.rejects(stranger.getCallerIdentity({}), { name: 'InvalidClientTokenId' });
    second.destroy();
    stranger.destroy();
  });

  it('keeps a book of what CloudFormation did for its caller', async test => {
    const clients = await bench(test);
    await applied(clients, { template: network });
    await deleted(clients);
    const done = clients.aws.worked.map(({ verb, type }) => `${verb} ${type}`);
    assert.ok(done.includes('create AWS::EC2::VPC'));
    assert.ok(done.indexOf('delete AWS::EC2::Subnet') < done.indexOf('delete AWS::EC2::VPC'));
  });

  it('has a VPC that was there before, for environments in it', async test => {
    const { aws, ec2 } = await bench(test);
    const { id, subnets } = aws.foreign.vpc();
    const seen = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [id] }] });
    assert.deepEqual(
      seen.Subnets?.map(({ SubnetId: subnet }) => subnet),
      subnets
    );
    assert.equal(new Set(seen.Subnets.map(({ AvailabilityZone: zone }) => zone)).size, 3);
  });

  it('does not let a test end that asked for what it does not know', async () => {
    const aws = await startAws();
    const ec2 = new EC2(configOf(aws));
    await assert.rejects(ec2.describeKeyPairs({}), /does not know ec2:DescribeKeyPairs/);
    ec2.destroy();
    await assert.rejects(aws.close(), /does not know ec2:DescribeKeyPairs/);
  });
});
