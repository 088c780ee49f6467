import { HeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { topicExists, topicNotFound } from '../../kafka/errors.ts';
import type { KafkaAdmin, TopicInfo, TopicSpec } from '../../kafka/port.ts';
import type { ClusterTopicsSettled } from '../../relay/cluster-topics.ts';
import { poll } from '../control/poll.ts';
import { awsErrorName } from '../control/send.ts';
import { clusterName } from './brokers.ts';
import { describeCluster } from './cluster.ts';
import type { MskSend } from './operations.ts';
import {
  decodeConfig,
  describeTopic,
  encodeConfig,
  listTopics,
  saysTopicIsGone,
  topicPartitions,
  type TopicCalls
} from './topics.ts';

export interface MskAdminOptions {
  readonly send: MskSend;
  /** ARN of a provisioned cluster that is ACTIVE, with Kafka 3.6 or later. */
  readonly cluster: string;
  readonly clock: Clock;
  /** Waits in place of the API, which is slow to show what was done. */
  readonly settled?: ClusterTopicsSettled;
}

/** Offset of a partition whose brokers cannot be asked, as in Kafka's own protocol. */
export const UNKNOWN_OFFSET = -1n;

/** What the API tells is about a minute old. https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
const LOOK_MS = 5_000;
const SETTLE_LIMIT_MS = 5 * 60_000;
/** The usual replication on three zones. */
const REPLICAS = 3;

/**
 * Topics through the API of MSK, for clusters whose brokers cannot be reached from here. Offsets are what it cannot
 * tell: `describeTopic` has {@link UNKNOWN_OFFSET} for them, `endOffsets` rejects with HR_BROKER_UNREACHABLE.
 */
export function createMskAdmin(options: MskAdminOptions): KafkaAdmin {
  const { send, cluster } = options;
  const calls = (signal: AbortSignal | undefined): TopicCalls => ({ send, cluster, signal });
  return {
    listTopics: signal => listTopics(calls(signal)),
    async createTopics(topics, signal) {
      const existing = await listTopics(calls(signal));
      const taken = topics.find(({ name }) => existing.includes(name));
      if (taken !== undefined) throw topicExists(taken.name);
      const replicas = await defaultReplicas(topics, calls(signal));
      // One after the other: the brokers take a limited number of such requests.
      for (const topic of topics) await createTopic(calls(signal), topic, replicas);
      await allSettled(options, names(topics), 'created', signal);
    },
    describeTopic: (name, signal) => topicInfo(calls(signal), name),
    async deleteTopics(names, signal) {
      const existing = await listTopics(calls(signal));
      const missing = names.find(name => !existing.includes(name));
      if (missing !== undefined) throw topicNotFound(missing, existing);
      for (const name of names) await deleteTopic(calls(signal), name);
      await allSettled(options, names, 'deleted', signal);
    },
    endOffsets: () => Promise.reject(noOffsets(cluster))
  };
}

/** As many copies as the cluster can hold of topics that do not say how many; the API has no default. */
async function defaultReplicas(
  topics: readonly TopicSpec[],
  { send, cluster, signal }: TopicCalls
): Promise<number> {
  if (topics.every(({ replicationFactor }) => replicationFactor !== undefined)) return REPLICAS;
  const { brokers } = await describeCluster(send, cluster, signal);
  return Math.min(REPLICAS, brokers ?? REPLICAS);
}

async function createTopic(
  { send, cluster, signal }: TopicCalls,
  topic: TopicSpec,
  replicas: number
): Promise<void> {
  const request = {
    ClusterArn: cluster,
    TopicName: topic.name,
    PartitionCount: topic.partitions,
    ReplicationFactor: topic.replicationFactor ?? replicas,
    ...(topic.config === undefined ? {} : { Configs: encodeConfig(topic.config) })
  };
  try {
    await send('CreateTopic', request, signal);
  } catch (error) {
    const taken = ['TopicExistsException', 'ConflictException'].includes(awsErrorName(error) ?? '');
    throw taken ? topicExists(topic.name) : error;
  }
}

async function deleteTopic({ send, cluster, signal }: TopicCalls, name: string): Promise<void> {
  try {
    await send('DeleteTopic', { ClusterArn: cluster, TopicName: name }, signal);
  } catch (error) {
    throw saysTopicIsGone(error) ? topicNotFound(name) : error;
  }
}

const names = (topics: readonly TopicSpec[]): readonly string[] => topics.map(({ name }) => name);

async function allSettled(
  options: MskAdminOptions,
  topics: readonly string[],
  become: 'created' | 'deleted',
  signal: AbortSignal | undefined
): Promise<void> {
  if (options.settled !== undefined) return options.settled(topics, become, signal);
  for (const name of topics) await settled(options, name, become, signal);
}

/** Waits until the API shows what was done, so that the next cell finds it. */
async function settled(
  { send, cluster, clock }: MskAdminOptions,
  name: string,
  become: 'created' | 'deleted',
  signal: AbortSignal | undefined
): Promise<void> {
  const look = async () => (await describeTopic({ send, cluster, signal }, name))?.Status ?? 'GONE';
  await poll(look, status => status === (become === 'created' ? 'ACTIVE' : 'GONE'), {
    what: `the topic ${name} to be ${become}`,
    clock,
    everyMs: LOOK_MS,
    limitMs: SETTLE_LIMIT_MS,
    signal
  });
}

async function topicInfo(calls: TopicCalls, name: string): Promise<TopicInfo> {
  const topic = await describeTopic(calls, name);
  if (topic === null) throw topicNotFound(name, await listTopics(calls));
  const partitions = (await topicPartitions(calls, name)).map((one, index) => ({
    id: one.Partition ?? index,
    leader: one.Leader ?? -1,
    replicas: one.Replicas ?? [],
    isr: one.Isr ?? [],
    earliest: UNKNOWN_OFFSET,
    latest: UNKNOWN_OFFSET
  }));
  return {
    name,
    partitions: partitions.toSorted((a, b) => a.id - b.id),
    config: decodeConfig(topic.Configs)
  };
}

function noOffsets(cluster: string): HeadraceError {
  return new HeadraceError(
    'HR_BROKER_UNREACHABLE',
    `The offsets of topics on the MSK cluster ${clusterName(cluster)} cannot be read from here`,
    {
      why: 'only its brokers know them, and those are in its VPC',
      next: 'Read the topic with Spark, or give the brokers public addresses with --public-brokers.'
    }
  );
}
