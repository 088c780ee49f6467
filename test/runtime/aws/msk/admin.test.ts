import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createMskAdmin, UNKNOWN_OFFSET } from '../../../../src/runtime/aws/msk/admin.ts';
import type { MskOperations } from '../../../../src/runtime/aws/msk/operations.ts';
import { decodeConfig, encodeConfig } from '../../../../src/runtime/aws/msk/topics.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import { fakeService, serviceError } from '../control/fake-service.ts';

const ARN = 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/0d6a2a5e-1';

/** Topics of a cluster whose API shows a change only with the second look at it. */
function cluster(names: readonly string[] = [], brokers = 3) {
  const topics = new Map(names.map(name => [name, { looks: 2 }]));
  const gone = new Map<string, number>();
  const unknown = () => serviceError('UnknownTopicOrPartitionException', 'unknown', 404);
  const msk = fakeService<MskOperations>('kafka', {
    DescribeClusterV2: () => ({
      ClusterInfo: {
        State: 'ACTIVE',
        Provisioned: {
          NumberOfBrokerNodes: brokers,
          BrokerNodeGroupInfo: { ClientSubnets: [], InstanceType: 'kafka.t3.small' }
        }
      }
    }),
    ListTopics: ({ NextToken: token }) => {
      const all = [...topics.keys()];
      const from = Number(token ?? 0);
      const Topics = all.slice(from, from + 2).map(TopicName => ({ TopicName }));
      return { Topics, ...(from + 2 < all.length ? { NextToken: String(from + 2) } : {}) };
    },
    CreateTopic: ({ TopicName: name = '' }) => {
      topics.set(name, { looks: 0 });
      return { TopicName: name, Status: 'CREATING' };
    },
    DeleteTopic: ({ TopicName: name = '' }) => {
      topics.delete(name);
      gone.set(name, 0);
      return {};
    },
    DescribeTopic: ({ TopicName: name = '' }) => {
      const looks = gone.get(name);
      if (looks !== undefined && looks < 1) {
        gone.set(name, looks + 1);
        return { TopicName: name, Status: 'DELETING' };
      }
      const topic = topics.get(name);
      if (topic === undefined) throw unknown();
      topic.looks += 1;
      const Configs = encodeConfig({ 'retention.ms': '1000', 'compression.type': 'zstd' });
      return { TopicName: name, Status: topic.looks > 1 ? 'ACTIVE' : 'CREATING', Configs };
    },
    DescribeTopicPartitions: ({ NextToken: token }) =>
      token === undefined
        ? { Partitions: [{ Partition: 1, Leader: 2, Replicas: [2, 3], Isr: [2] }], NextToken: 'x' }
        : { Partitions: [{ Partition: 0, Leader: 1, Replicas: [1, 2], Isr: [1, 2] }] }
  });
  return {
    msk,
    admin: createMskAdmin({ send: msk.send, cluster: ARN, clock: new VirtualClock() })
  };
}

describe('topics through the API of MSK', () => {
  it('are listed page by page', async () => {
    const { admin } = cluster(['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(await admin.listTopics(), ['a', 'b', 'c', 'd', 'e']);
  });

  it('are created and waited for, with as many replicas as there are brokers', async () => {
    const { msk, admin } = cluster(['old'], 2);
    await admin.createTopics([
      { name: 'clicks', partitions: 6, config: { 'retention.ms': '60000' } },
      { name: 'words', partitions: 1, replicationFactor: 1 }
    ]);
    assert.deepEqual(msk.inputsOf('CreateTopic'), [
      {
        ClusterArn: ARN,
        TopicName: 'clicks',
        PartitionCount: 6,
        ReplicationFactor: 2,
        Configs: Buffer.from('retention.ms=60000').toString('base64')
      },
      { ClusterArn: ARN, TopicName: 'words', PartitionCount: 1, ReplicationFactor: 1 }
    ]);
    assert.equal(msk.inputsOf('DescribeTopic').length, 4);
  });

  it('that exist are not created again, nor is any other of the same call', async () => {
    const { msk, admin } = cluster(['clicks']);
    await assert.rejects(
      admin.createTopics(['words', 'clicks'].map(name => ({ name, partitions: 1 }))),
      failsWith('HR_TOPIC_EXISTS', /clicks exists already/)
    );
    assert.deepEqual(msk.inputsOf('CreateTopic'), []);
  });

  it('that appear meanwhile are told as existing', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      ListTopics: () => ({ Topics: [] }),
      CreateTopic: () => {
        throw serviceError('TopicExistsException', 'exists', 409);
      }
    });
    const admin = createMskAdmin({ send: msk.send, cluster: ARN, clock: new VirtualClock() });
    await assert.rejects(
      admin.createTopics([{ name: 'clicks', partitions: 1, replicationFactor: 1 }]),
      failsWith('HR_TOPIC_EXISTS', /clicks/)
    );
  });

  it('are described without offsets', async () => {
    const { admin } = cluster(['clicks']);
    const unknown = { earliest: UNKNOWN_OFFSET, latest: UNKNOWN_OFFSET };
    assert.deepEqual(await admin.describeTopic('clicks'), {
      name: 'clicks',
      partitions: [
        { id: 0, leader: 1, replicas: [1, 2], isr: [1, 2], ...unknown },
        { id: 1, leader: 2, replicas: [2, 3], isr: [2], ...unknown }
      ],
      config: { 'retention.ms': '1000', 'compression.type': 'zstd' }
    });
    await assert.rejects(
      admin.describeTopic('click'),
      failsWith('HR_TOPIC_NOT_FOUND', /Did you mean clicks/)
    );
    await assert.rejects(
      admin.endOffsets(['clicks']),
      failsWith('HR_BROKER_UNREACHABLE', /demo.*Read the topic with Spark/)
    );
  });

  it('are deleted and waited for', async () => {
    const { msk, admin } = cluster(['clicks', 'words']);
    await admin.deleteTopics(['words']);
    assert.deepEqual(msk.inputsOf('DeleteTopic'), [{ ClusterArn: ARN, TopicName: 'words' }]);
    assert.equal(msk.inputsOf('DescribeTopic').length, 2);
    assert.deepEqual(await admin.listTopics(), ['clicks']);
    await assert.rejects(
      admin.deleteTopics(['clicks', 'nothing']),
      failsWith('HR_TOPIC_NOT_FOUND', /nothing/)
    );
    assert.equal(msk.inputsOf('DeleteTopic').length, 1);
  });

  it('have settings that are the same after the way there and back', () => {
    const name = fc.stringMatching(/^[a-z.]{1,20}$/);
    const value = fc.stringMatching(/^[\w=,:[\] -]*$/);
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), config => {
        assert.deepEqual(decodeConfig(encodeConfig(config)), config);
      })
    );
  });
});
