import * as sdk from '@aws-sdk/client-kafka';
import { ApiError } from '../wire/failure.ts';
import type { Topic } from '../world/topics.ts';
import { arnOf, textOf, uuid, type Operation, type Thing, type World } from '../world/world.ts';
import {
  activeCluster,
  bootstrapOut,
  clusterOf,
  clusterOut,
  isCluster,
  nodesOut,
  SERVERLESS
} from './kafka-cluster.ts';
import { need, pageOf, type Action, type Service } from './service.ts';

const describeCluster: Action<
  sdk.DescribeClusterV2CommandInput,
  sdk.DescribeClusterV2CommandOutput
> = ({ ClusterArn: arn }, { world }) => ({ ClusterInfo: clusterOut(world, clusterOf(world, arn)) });

const listClusters: Action<sdk.ListClustersV2CommandInput, sdk.ListClustersV2CommandOutput> = (
  input,
  { world }
) => {
  const prefix = input.ClusterNameFilter ?? '';
  const all = [...world.things.values()]
    .filter(isCluster)
    .filter(cluster => textOf(cluster, 'ClusterName').startsWith(prefix));
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? world.pageSize);
  return { ClusterInfoList: items.map(each => clusterOut(world, each)), NextToken: next };
};

const getBootstrapBrokers: Action<
  sdk.GetBootstrapBrokersCommandInput,
  sdk.GetBootstrapBrokersCommandOutput
> = ({ ClusterArn: arn }, { world }) => bootstrapOut(world, activeCluster(world, arn));

const listNodes: Action<sdk.ListNodesCommandInput, sdk.ListNodesCommandOutput> = (
  input,
  { world }
) => {
  const nodes = nodesOut(world, clusterOf(world, input.ClusterArn));
  const { items, next } = pageOf(world, nodes, input.NextToken, input.MaxResults ?? world.pageSize);
  return { NodeInfoList: [...items], NextToken: next };
};

const listVersions: Action<
  sdk.ListKafkaVersionsCommandInput,
  sdk.ListKafkaVersionsCommandOutput
> = (input, { world }) => {
  const { kafkaVersions: all, pageSize } = world;
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? pageSize);
  return {
    KafkaVersions: items.map(version => ({ Version: version, Status: 'ACTIVE' })),
    NextToken: next
  };
};

/** https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html */
const updateConnectivity: Action<
  sdk.UpdateConnectivityCommandInput,
  sdk.UpdateConnectivityCommandOutput
> = (input, { world }) => {
  const cluster = activeCluster(world, input.ClusterArn);
  const operation = `${arnOf(world, 'kafka', 'cluster-operation')}/${textOf(cluster, 'ClusterName')}/${uuid(world)}`;
  const startedAt = world.time.now();
  const record: Operation = {
    cluster: cluster.id,
    type: 'UPDATE_CONNECTIVITY',
    startedAt,
    endedAt: null
  };
  world.operations.set(operation, record);
  cluster.state = 'UPDATING';
  world.time.after(3, () => {
    cluster.state = 'ACTIVE';
    record.endedAt = world.time.now();
    cluster.publicAccess = input.ConnectivityInfo?.PublicAccess?.Type ?? 'DISABLED';
  });
  return { ClusterArn: cluster.id, ClusterOperationArn: operation };
};

const describeOperation: Action<
  sdk.DescribeClusterOperationV2CommandInput,
  sdk.DescribeClusterOperationV2CommandOutput
> = ({ ClusterOperationArn: arn }, { world }) => {
  const operation = world.operations.get(arn ?? '');
  if (operation === undefined) {
    throw new ApiError('NotFoundException', 'The requested cluster operation does not exist.', 404);
  }
  const { cluster, type, startedAt, endedAt } = operation;
  return {
    ClusterOperationInfo: {
      ClusterArn: cluster,
      ClusterType: 'PROVISIONED',
      OperationArn: arn,
      OperationType: type,
      OperationState: endedAt === null ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE',
      StartTime: new Date(startedAt),
      EndTime: endedAt === null ? undefined : new Date(endedAt)
    }
  };
};

/** The topic API knows provisioned clusters only. https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
function topicCluster(world: World, arn: string | undefined): Thing {
  const cluster = activeCluster(world, arn);
  if (cluster.type !== SERVERLESS) return cluster;
  throw new ApiError(
    'BadRequestException',
    'This operation is not supported for serverless clusters.'
  );
}

const topicArn = (cluster: Thing, name: string): string =>
  `${cluster.id.replace(':cluster/', ':topic/')}/${name}`;

async function topicOf(world: World, cluster: Thing, name: string | undefined): Promise<Topic> {
  const topic = (await world.topics.list(cluster.id)).find(each => each.name === name);
  if (topic !== undefined) return topic;
  throw new ApiError(
    'UnknownTopicOrPartitionException',
    `The topic ${String(name)} does not exist.`,
    404
  );
}

const plainText = (base64: string | undefined): string =>
  Buffer.from(base64 ?? '', 'base64').toString('utf8');

const createTopic: Action<sdk.CreateTopicCommandInput, sdk.CreateTopicCommandOutput> = async (
  input,
  { world }
) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topic = {
    name: need(input.TopicName, 'topicName'),
    partitions: need(input.PartitionCount, 'partitionCount'),
    replication: need(input.ReplicationFactor, 'replicationFactor'),
    configs: plainText(input.Configs)
  };
  if (!(await world.topics.create(cluster.id, topic))) {
    throw new ApiError('TopicExistsException', `The topic ${topic.name} exists already.`, 409);
  }
  return { TopicArn: topicArn(cluster, topic.name), TopicName: topic.name, Status: 'CREATING' };
};

const listTopics: Action<sdk.ListTopicsCommandInput, sdk.ListTopicsCommandOutput> = async (
  input,
  { world }
) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topics = (await world.topics.list(cluster.id)).filter(({ name }) =>
    name.startsWith(input.TopicNameFilter ?? '')
  );
  const { items, next } = pageOf(
    world,
    topics,
    input.NextToken,
    input.MaxResults ?? world.pageSize
  );
  return {
    NextToken: next,
    Topics: items.map(topic => ({
      TopicArn: topicArn(cluster, topic.name),
      TopicName: topic.name,
      PartitionCount: topic.partitions,
      ReplicationFactor: topic.replication,
      OutOfSyncReplicaCount: 0
    }))
  };
};

const describeTopic: Action<sdk.DescribeTopicCommandInput, sdk.DescribeTopicCommandOutput> = async (
  input,
  { world }
) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topic = await topicOf(world, cluster, input.TopicName);
  return {
    TopicArn: topicArn(cluster, topic.name),
    TopicName: topic.name,
    PartitionCount: topic.partitions,
    ReplicationFactor: topic.replication,
    Configs: Buffer.from(topic.configs).toString('base64'),
    Status: 'ACTIVE'
  };
};

const describePartitions: Action<
  sdk.DescribeTopicPartitionsCommandInput,
  sdk.DescribeTopicPartitionsCommandOutput
> = async (input, { world }) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topic = await topicOf(world, cluster, input.TopicName);
  const replicas = Array.from({ length: topic.replication }, (_, index) => index + 1);
  const all = Array.from({ length: topic.partitions }, (_, index) => ({
    Partition: index,
    Leader: 1,
    Replicas: replicas,
    Isr: replicas
  }));
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? world.pageSize);
  return { Partitions: [...items], NextToken: next };
};

const updateTopic: Action<sdk.UpdateTopicCommandInput, sdk.UpdateTopicCommandOutput> = async (
  input,
  { world }
) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topic = await topicOf(world, cluster, input.TopicName);
  await world.topics.update(cluster.id, {
    ...topic,
    partitions: input.PartitionCount ?? topic.partitions,
    configs: input.Configs === undefined ? topic.configs : plainText(input.Configs)
  });
  return { TopicArn: topicArn(cluster, topic.name), TopicName: topic.name, Status: 'UPDATING' };
};

const deleteTopic: Action<sdk.DeleteTopicCommandInput, sdk.DeleteTopicCommandOutput> = async (
  input,
  { world }
) => {
  const cluster = topicCluster(world, input.ClusterArn);
  const topic = await topicOf(world, cluster, input.TopicName);
  await world.topics.delete(cluster.id, topic.name);
  return { TopicArn: topicArn(cluster, topic.name), TopicName: topic.name, Status: 'DELETING' };
};

/** https://docs.aws.amazon.com/msk/1.0/apireference/ and its version 2 */
export const kafka: Service = {
  name: 'kafka',
  signingName: 'kafka',
  sdk,
  protocol: 'rest-json',
  actions: {
    DescribeClusterV2: describeCluster,
    ListClustersV2: listClusters,
    GetBootstrapBrokers: getBootstrapBrokers,
    ListNodes: listNodes,
    ListKafkaVersions: listVersions,
    UpdateConnectivity: updateConnectivity,
    DescribeClusterOperationV2: describeOperation,
    CreateTopic: createTopic,
    ListTopics: listTopics,
    DescribeTopic: describeTopic,
    DescribeTopicPartitions: describePartitions,
    UpdateTopic: updateTopic,
    DeleteTopic: deleteTopic
  }
};
