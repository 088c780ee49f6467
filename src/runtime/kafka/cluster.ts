import type { Admin, BaseOptions, ClusterTopicMetadata } from '@platformatic/kafka';
import type { Clock } from '../clock.ts';
import { abortable } from '../abortable.ts';
import type { SecurityOptions } from './security.ts';
import { topicNotFound, toKafkaError } from './errors.ts';

/** What the parts of the adapter share: one admin connection, and the way errors are told. */
export interface Cluster {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly security: SecurityOptions;
  readonly admin: Admin;
  readonly clock: Clock;
  /** See `KafkaCall`. */
  readonly hint?: string;
}

/** Three more tries, 0.3 s apart: a broker that restarts is found again, a dead one is told within about a second. */
export function clientOptions({
  brokers,
  clientId,
  security
}: Pick<Cluster, 'brokers' | 'clientId' | 'security'>): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    retries: 3,
    retryDelay: 300,
    connectTimeout: 3_000,
    timeout: 10_000,
    autocreateTopics: false,
    ...security
  };
}

/** Runs one call of the client library: abortable, and every error told as a HeadraceError. */
export async function call<Result>(
  cluster: Pick<Cluster, 'brokers' | 'hint'>,
  work: () => Promise<Result>,
  options: { readonly signal?: AbortSignal | undefined; readonly topic?: string } = {}
): Promise<Result> {
  try {
    return await abortable(work(), options.signal, 'a Kafka request');
  } catch (error) {
    throw toKafkaError(error, {
      brokers: cluster.brokers,
      ...(cluster.hint === undefined ? {} : { hint: cluster.hint }),
      ...(options.topic === undefined ? {} : { topic: options.topic })
    });
  }
}

/** Names of all topics, those of Kafka itself included. */
export async function allTopics(cluster: Cluster, signal?: AbortSignal): Promise<string[]> {
  return await call(cluster, () => cluster.admin.listTopics({ includeInternals: true }), {
    signal
  });
}

/** Fresh metadata of topics that must exist; rejects with HR_TOPIC_NOT_FOUND for the first that does not. */
export async function topicMetadata(
  cluster: Cluster,
  topics: readonly string[],
  signal?: AbortSignal
): Promise<Map<string, ClusterTopicMetadata>> {
  const existing = await allTopics(cluster, signal);
  const missing = topics.find(topic => !existing.includes(topic));
  if (missing !== undefined) throw topicNotFound(missing, existing);
  const metadata = await call(
    cluster,
    () => cluster.admin.metadata({ topics: [...topics], forceUpdate: true }),
    { signal, topic: topics.join(', ') }
  );
  return metadata.topics;
}

/** Offsets of all partitions by topic, in partition order; `timestamp` as of ListOffsets. */
export async function listOffsets(
  cluster: Cluster,
  topics: ReadonlyMap<string, ClusterTopicMetadata>,
  timestamp: bigint,
  signal?: AbortSignal
): Promise<Map<string, bigint[]>> {
  const request = [...topics].map(([name, { partitionsCount }]) => ({
    name,
    partitions: Array.from({ length: partitionsCount }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp
    }))
  }));
  const answer = await call(cluster, () => cluster.admin.listOffsets({ topics: request }), {
    signal,
    topic: [...topics.keys()].join(', ')
  });
  return new Map(
    answer.map(({ name, partitions }) => [
      name,
      partitions.toSorted((a, b) => a.partitionIndex - b.partitionIndex).map(({ offset }) => offset)
    ])
  );
}
