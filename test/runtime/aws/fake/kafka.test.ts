import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applied, bench, outputsOf, planned } from './support.ts';
import { kafka } from './templates.ts';

const withoutMetadata = (answer: object): object =>
  Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '$metadata'));

describe('the fake Kafka of AWS', () => {
  it('makes a cluster slowly, and gives brokers once it is active', async test => {
    const clients = await bench(test, { brokers: ['127.0.0.1:19092', '127.0.0.1:19093'] });
    const { kafka: msk, cloudformation } = clients;
    const plan = await planned(clients, { template: kafka });
    await cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
    const { ClusterInfoList: [cluster] = [] } = await msk.listClustersV2({});
    assert.equal(cluster?.State, 'CREATING');
    const { ClusterArn } = cluster;
    await assert.rejects(msk.getBootstrapBrokers({ ClusterArn }), { name: 'BadRequestException' });
    const states = new Set<string | undefined>();
    do {
      states.add((await msk.describeClusterV2({ ClusterArn })).ClusterInfo?.State);
    } while (!states.has('ACTIVE'));
    assert.deepEqual([...states], ['CREATING', 'ACTIVE']);
    assert.deepEqual(withoutMetadata(await msk.getBootstrapBrokers({ ClusterArn })), {
      BootstrapBrokerStringSaslIam: '127.0.0.1:19092,127.0.0.1:19093'
    });
  });

  it('gives a way in for each authentication, and public ones once they are asked for', async test => {
    const clients = await bench(test);
    const { kafka: msk } = clients;
    const { Cluster } = kafka.Resources;
    const open = {
      ...kafka,
      Resources: {
        Cluster: {
          ...Cluster,
          Properties: {
            ...Cluster.Properties,
            ClientAuthentication: {
              Sasl: { Scram: { Enabled: 'true' } },
              Unauthenticated: { Enabled: true }
            },
            EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } }
          }
        }
      }
    };
    const { ClusterArn = '' } = outputsOf(await applied(clients, { template: open }));
    const names = async () => {
      const brokers = withoutMetadata(await msk.getBootstrapBrokers({ ClusterArn }));
      return Object.keys(brokers).map(name => name.replace('BootstrapBrokerString', ''));
    };
    assert.deepEqual((await names()).sort(), ['', 'SaslScram', 'Tls']);
    const ConnectivityInfo = { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } };
    const { ClusterOperationArn } = await msk.updateConnectivity({
      ClusterArn,
      ConnectivityInfo,
      CurrentVersion: 'K3P5ROKL5A1OLE'
    });
    const cluster = await msk.describeClusterV2({ ClusterArn });
    assert.equal(cluster.ClusterInfo?.State, 'UPDATING');
    assert.equal(cluster.ClusterInfo.ActiveOperationArn, ClusterOperationArn);
    for (;;) {
      const { ClusterOperationInfo: seen } = await msk.describeClusterOperationV2({
        ClusterOperationArn
      });
      if (seen?.OperationState === 'UPDATE_COMPLETE') break;
    }
    assert.deepEqual((await names()).sort(), [
      '',
      'PublicSaslScram',
      'PublicTls',
      'SaslScram',
      'Tls'
    ]);
  });

  it('keeps topics where the test wants them, and refuses what MSK refuses', async test => {
    const clients = await bench(test);
    const { kafka: msk } = clients;
    const { ClusterArn = '' } = outputsOf(await applied(clients, { template: kafka }));
    const topic = { ClusterArn, TopicName: 'clicks', PartitionCount: 3, ReplicationFactor: 2 };
    await msk.createTopic({ ...topic, Configs: Buffer.from('retention.ms=1').toString('base64') });
    await assert.rejects(msk.createTopic(topic), { name: 'TopicExistsException' });
    const seen = await msk.describeTopic({ ClusterArn, TopicName: 'clicks' });
    assert.equal(Buffer.from(seen.Configs ?? '', 'base64').toString(), 'retention.ms=1');
    await msk.deleteTopic({ ClusterArn, TopicName: 'clicks' });
    await assert.rejects(msk.describeTopic({ ClusterArn, TopicName: 'clicks' }), {
      name: 'UnknownTopicOrPartitionException'
    });
    const serverless = {
      Resources: {
        S: {
          Type: 'AWS::MSK::ServerlessCluster',
          Properties: {
            ClusterName: 's',
            VpcConfigs: [{ SubnetIds: ['subnet-1'], SecurityGroups: ['sg-1'] }]
          }
        }
      },
      Outputs: { Arn: { Value: { Ref: 'S' } } }
    };
    const { Arn = '' } = outputsOf(
      await applied(clients, { template: serverless, name: 'serverless' })
    );
    await assert.rejects(msk.createTopic({ ...topic, ClusterArn: Arn }), {
      name: 'BadRequestException'
    });
    const { ClusterInfo: info } = await msk.describeClusterV2({ ClusterArn: Arn });
    assert.deepEqual(info?.Serverless?.VpcConfigs, [
      { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }
    ]);
  });
});
