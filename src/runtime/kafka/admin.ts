import { ConfigResourceTypes, ConfigSources, ListOffsetTimestamps } from '@platformatic/kafka';
import { HeadraceError } from '../../shared/errors.ts';
import { allTopics, call, listOffsets, topicMetadata, type Cluster } from './cluster.ts';
import { saysTopicIsGone, topicExists } from './errors.ts';
import type { KafkaAdmin, TopicInfo, TopicSpec } from './port.ts';

/** Settings that are told even where the topic has the cluster's default. */
const ALWAYS_TOLD = ['cleanup.policy', 'retention.ms'];
/** A topic appears and disappears in the metadata some milliseconds after the controller agreed. */
const SETTLE_STEP_MS = 50;
const SETTLE_STEPS = 100;

async function settled(
  cluster: Cluster,
  names: readonly string[],
  present: boolean,
  signal?: AbortSignal
): Promise<void> {
  for (let step = 0; step < SETTLE_STEPS; step++) {
    const existing = await allTopics(cluster, signal);
    if (names.every(name => existing.includes(name) === present)) return;
    await cluster.clock.sleep(SETTLE_STEP_MS, signal);
  }
  throw new HeadraceError(
    'HR_TIMEOUT',
    `The broker still ${present ? 'hides' : 'lists'} ${names.join(', ')} after five seconds`,
    { next: 'Try again.' }
  );
}

/** A partition is of use only when its leader has opened its log, which answers for its offsets. */
async function online(
  cluster: Cluster,
  topics: readonly TopicSpec[],
  signal?: AbortSignal
): Promise<void> {
  const names = topics.map(topic => topic.name);
  const metadata = await topicMetadata(cluster, names, signal);
  await listOffsets(cluster, metadata, ListOffsetTimestamps.EARLIEST, signal);
}

async function createTopic(cluster: Cluster, topic: TopicSpec, signal?: AbortSignal) {
  const configs = Object.entries(topic.config ?? {}).map(([name, value]) => ({ name, value }));
  await call(
    cluster,
    () =>
      cluster.admin.createTopics({
        topics: [topic.name],
        partitions: topic.partitions,
        replicas: topic.replicationFactor ?? -1,
        configs
      }),
    { signal, topic: topic.name }
  );
}

async function topicConfig(cluster: Cluster, name: string, signal?: AbortSignal) {
  const resources = [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: name }];
  const described = await call(cluster, () => cluster.admin.describeConfigs({ resources }), {
    signal,
    topic: name
  });
  const told = (described[0]?.configs ?? []).filter(
    config =>
      config.configSource === ConfigSources.TOPIC_CONFIG || ALWAYS_TOLD.includes(config.name)
  );
  return Object.fromEntries(told.map(({ name, value }) => [name, value ?? '']));
}

async function describe(cluster: Cluster, name: string, signal?: AbortSignal): Promise<TopicInfo> {
  const metadata = await topicMetadata(cluster, [name], signal);
  const [earliest, latest, config] = await Promise.all([
    listOffsets(cluster, metadata, ListOffsetTimestamps.EARLIEST, signal),
    listOffsets(cluster, metadata, ListOffsetTimestamps.LATEST, signal),
    topicConfig(cluster, name, signal)
  ]);
  const partitions = (metadata.get(name)?.partitions ?? []).map((partition, id) => ({
    id,
    leader: partition.leader,
    replicas: partition.replicas,
    isr: partition.isr,
    earliest: earliest.get(name)?.[id] ?? 0n,
    latest: latest.get(name)?.[id] ?? 0n
  }));
  return { name, partitions, config };
}

async function endOffsets(cluster: Cluster, topics: readonly string[], signal?: AbortSignal) {
  const existing = await allTopics(cluster, signal);
  const known = topics.filter(topic => existing.includes(topic));
  if (known.length === 0) return new Map<string, bigint[]>();
  const metadata = await topicMetadata(cluster, known, signal);
  return await listOffsets(cluster, metadata, ListOffsetTimestamps.LATEST, signal);
}

/** Topics by the admin connection of the cluster. */
export function createKafkaAdmin(cluster: Cluster): KafkaAdmin {
  return {
    listTopics: signal => allTopics(cluster, signal),
    async createTopics(topics, signal) {
      const existing = await allTopics(cluster, signal);
      const taken = topics.find(topic => existing.includes(topic.name));
      if (taken !== undefined) throw topicExists(taken.name);
      await Promise.all(topics.map(topic => createTopic(cluster, topic, signal)));
      await settled(
        cluster,
        topics.map(topic => topic.name),
        true,
        signal
      );
      await online(cluster, topics, signal);
    },
    describeTopic: (name, signal) => describe(cluster, name, signal),
    async deleteTopics(names, signal) {
      await topicMetadata(cluster, names, signal);
      await call(cluster, () => cluster.admin.deleteTopics({ topics: [...names] }), {
        signal,
        topic: names.join(', ')
      });
      await settled(cluster, names, false, signal);
    },
    async endOffsets(topics, signal) {
      try {
        return await endOffsets(cluster, topics, signal);
      } catch (error) {
        if (!saysTopicIsGone(error)) throw error;
        return await endOffsets(cluster, topics, signal);
      }
    }
  };
}
