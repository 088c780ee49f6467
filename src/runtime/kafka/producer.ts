import {
  compatibilityPartitioner,
  ProduceAcks,
  Producer,
  stringSerializer,
  type MessageToProduce
} from '@platformatic/kafka';
import { HeadraceError } from '../../shared/errors.ts';
import { allTopics, call, clientOptions, type Cluster } from './cluster.ts';
import { saysTopicIsGone, topicNotFound } from './errors.ts';
import type { KafkaProducer, KafkaRecord } from './port.ts';

/** Brokers take 1 MiB a batch by default (`message.max.bytes`); this leaves room for headers and framing. */
const MAX_BATCH_BYTES = 900_000;
/** Length, offset and timestamp deltas of a record, rounded up. */
const RECORD_OVERHEAD_BYTES = 32;

type Message = MessageToProduce<string, string, string, string>;

function sizeOf(record: KafkaRecord): number {
  const headers = Object.entries(record.headers ?? {}).flat();
  const texts = [record.key ?? '', record.value ?? '', ...headers];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), RECORD_OVERHEAD_BYTES);
}

/** Records in order, cut into requests that a broker with default settings takes. */
export function* batches(
  records: readonly KafkaRecord[],
  maxBytes: number = MAX_BATCH_BYTES
): Generator<readonly KafkaRecord[]> {
  let start = 0;
  let bytes = 0;
  for (const [index, record] of records.entries()) {
    const size = sizeOf(record);
    if (index > start && bytes + size > maxBytes) {
      yield records.slice(start, index);
      start = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (start < records.length) yield records.slice(start);
}

/** Chooses partitions as Kafka's Java client does for records with a key; others go round robin. */
export class Partitioner {
  #next = 0;

  /** Records by partition, in their order. Rejects a partition that the topic does not have. */
  split(topic: string, records: readonly KafkaRecord[], count: number): Map<number, KafkaRecord[]> {
    const byPartition = new Map<number, KafkaRecord[]>();
    for (const record of records) {
      const partition = record.partition ?? this.#choose(record, count);
      if (partition < 0 || partition >= count) throw noPartition(topic, partition, count);
      const chosen = byPartition.get(partition);
      if (chosen === undefined) byPartition.set(partition, [record]);
      else chosen.push(record);
    }
    return byPartition;
  }

  #choose({ key, value }: KafkaRecord, count: number): number {
    if (typeof key === 'string')
      return compatibilityPartitioner({ topic: '', key, value }, Buffer.from(key)) % count;
    this.#next = (this.#next + 1) % count;
    return this.#next;
  }
}

function noPartition(topic: string, partition: number, count: number): HeadraceError {
  return new HeadraceError('HR_USAGE', `The topic ${topic} has no partition ${partition}`, {
    why: `it has ${count}, numbered from 0`
  });
}

function toMessage(topic: string, partition: number, record: KafkaRecord): Message {
  return {
    topic,
    partition,
    ...(typeof record.key === 'string' ? { key: record.key } : {}),
    ...(record.value === null ? {} : { value: record.value }),
    ...(record.headers === undefined ? {} : { headers: { ...record.headers } }),
    ...(record.timestamp === undefined ? {} : { timestamp: BigInt(Math.trunc(record.timestamp)) })
  };
}

/**
 * A producer of its own connection; every record is acknowledged by all in-sync replicas.
 *
 * Each request is for one partition: the client repeats a whole request when one partition of it was
 * refused (a leader that is not ready yet, on a new topic), and would write the others twice.
 */
export function createKafkaProducer(cluster: Cluster): KafkaProducer {
  return new PartitionProducer(cluster);
}

class PartitionProducer implements KafkaProducer {
  readonly #cluster: Cluster;
  readonly #client: Producer<string, string, string, string>;
  readonly #partitioner = new Partitioner();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#client = new Producer({
      ...clientOptions(cluster),
      acks: ProduceAcks.ALL,
      repeatOnStaleMetadata: true,
      serializers: {
        key: stringSerializer,
        value: stringSerializer,
        headerKey: stringSerializer,
        headerValue: stringSerializer
      }
    });
  }

  async send(topic: string, records: readonly KafkaRecord[], signal?: AbortSignal): Promise<void> {
    const count = await this.#partitions(topic, signal);
    const byPartition = this.#partitioner.split(topic, records, count);
    const sends = [...byPartition].map(([partition, own]) =>
      this.#sendInOrder(topic, partition, own, signal)
    );
    await Promise.all(sends);
  }

  close(): Promise<void> {
    return call(this.#cluster, () => this.#client.close());
  }

  async #partitions(topic: string, signal?: AbortSignal): Promise<number> {
    try {
      const metadata = await call(this.#cluster, () => this.#client.metadata({ topics: [topic] }), {
        signal,
        topic
      });
      return metadata.topics.get(topic)?.partitionsCount ?? 0;
    } catch (error) {
      if (!saysTopicIsGone(error)) throw error;
      throw topicNotFound(topic, await allTopics(this.#cluster, signal));
    }
  }

  async #sendInOrder(
    topic: string,
    partition: number,
    records: readonly KafkaRecord[],
    signal?: AbortSignal
  ): Promise<void> {
    for (const batch of batches(records)) {
      const messages = batch.map(record => toMessage(topic, partition, record));
      await call(this.#cluster, () => this.#client.send({ messages, acks: ProduceAcks.ALL }), {
        signal,
        topic
      });
    }
  }
}
