import {
  compatibilityPartitioner,
  ProduceAcks,
  Producer,
  stringSerializer,
  type MessageToProduce
} from '@platformatic/kafka';
import { HeadraceError } from '../../shared/errors.ts';
import { call, clientOptions, topicMetadata, type Cluster } from './cluster.ts';
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

/** Partition of a keyed record as Kafka's Java client chooses it; others go round robin. */
function partitioner(): (message: Message, key?: Buffer) => number {
  let next = 0;
  return (message, key) => {
    if (key !== undefined) return compatibilityPartitioner(message, key);
    next = (next + 1) % Number.MAX_SAFE_INTEGER;
    return next;
  };
}

function toMessage(topic: string, record: KafkaRecord): Message {
  return {
    topic,
    ...(typeof record.key === 'string' ? { key: record.key } : {}),
    ...(record.value === null ? {} : { value: record.value }),
    ...(record.headers === undefined ? {} : { headers: { ...record.headers } }),
    ...(record.timestamp === undefined ? {} : { timestamp: BigInt(Math.trunc(record.timestamp)) }),
    ...(record.partition === undefined ? {} : { partition: record.partition })
  };
}

/** The client would wrap a partition that does not exist to one that does. */
async function requirePartitions(
  cluster: Cluster,
  topic: string,
  records: readonly KafkaRecord[],
  signal?: AbortSignal
): Promise<void> {
  const highest = records.reduce((max, { partition }) => Math.max(max, partition ?? -1), -1);
  if (highest < 0) return;
  const metadata = await topicMetadata(cluster, [topic], signal);
  const count = metadata.get(topic)?.partitionsCount ?? 0;
  if (highest < count) return;
  throw new HeadraceError('HR_USAGE', `The topic ${topic} has no partition ${highest}`, {
    why: `it has ${count}, numbered from 0`
  });
}

/** A producer of its own connection; every record is acknowledged by all in-sync replicas. */
export function createKafkaProducer(cluster: Cluster): KafkaProducer {
  const producer = new Producer<string, string, string, string>({
    ...clientOptions(cluster.brokers, cluster.clientId),
    acks: ProduceAcks.ALL,
    partitioner: partitioner(),
    repeatOnStaleMetadata: true,
    serializers: {
      key: stringSerializer,
      value: stringSerializer,
      headerKey: stringSerializer,
      headerValue: stringSerializer
    }
  });
  return {
    async send(topic, records, signal) {
      await requirePartitions(cluster, topic, records, signal);
      for (const batch of batches(records)) {
        const messages = batch.map(record => toMessage(topic, record));
        await call(cluster, () => producer.send({ messages, acks: ProduceAcks.ALL }), {
          signal,
          topic
        });
      }
    },
    close: () => call(cluster, () => producer.close())
  };
}
