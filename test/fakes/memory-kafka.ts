import { abortable } from '../../src/runtime/abortable.ts';
import { topicExists, topicNotFound } from '../../src/runtime/kafka/errors.ts';
import type {
  ConsumedRecord,
  KafkaAdmin,
  KafkaPort,
  KafkaProducer,
  KafkaReader,
  KafkaRecord,
  PartitionRange,
  TopicInfo,
  TopicSpec
} from '../../src/runtime/kafka/port.ts';

interface MemoryTopic {
  readonly spec: TopicSpec;
  readonly records: ConsumedRecord[];
}

const NO_TOPIC: MemoryTopic = { spec: { name: '', partitions: 1 }, records: [] };

/** Topics in memory; a record that names no partition goes to partition 0. */
export class MemoryKafka implements KafkaPort {
  readonly brokers = ['127.0.0.1:9092'];
  distance: KafkaPort['distance'] = 'near';
  readonly topics = new Map<string, MemoryTopic>();
  /** Called before each send; a rejection is the broker's. */
  beforeSend: (records: readonly KafkaRecord[]) => Promise<void> = () => Promise.resolve();
  openProducers = 0;
  openReaders = 0;
  /** Offsets of each page that was read, newest call last. */
  readonly reads: { topic: string; partition: number; from: bigint; to: bigint }[] = [];
  /** Called before each read of a page. */
  beforeRead: () => Promise<void> = () => Promise.resolve();
  closed = false;

  readonly admin: KafkaAdmin = {
    listTopics: () => Promise.resolve([...this.topics.keys()]),
    createTopics: async specs => {
      const taken = specs.find(spec => this.topics.has(spec.name));
      if (taken !== undefined) throw topicExists(taken.name);
      for (const spec of specs) this.topics.set(spec.name, { spec, records: [] });
      return Promise.resolve();
    },
    describeTopic: name => Promise.resolve().then(() => this.#describe(name)),
    deleteTopics: async names => {
      for (const name of names) this.#topic(name);
      for (const name of names) this.topics.delete(name);
      return Promise.resolve();
    },
    endOffsets: names =>
      Promise.resolve(
        new Map(names.map(name => [name, this.#ranges(name).map(({ latest }) => latest)]))
      )
  };

  producer(): Promise<KafkaProducer> {
    this.openProducers += 1;
    return Promise.resolve({
      send: async (topic, records) => {
        await this.beforeSend(records);
        const { records: log } = this.#topic(topic);
        for (const record of records) log.push(consumed(topic, log, record));
      },
      close: () => {
        this.openProducers -= 1;
        return Promise.resolve();
      }
    });
  }

  async *tail(): AsyncGenerator<readonly ConsumedRecord[]> {
    yield await Promise.resolve([]);
  }

  peek(topic: string, limit: number): Promise<ConsumedRecord[]> {
    return Promise.resolve().then(() => this.#topic(topic).records.slice(-limit));
  }

  reader(topics: readonly string[]): Promise<KafkaReader> {
    return Promise.resolve().then(() => {
      for (const topic of topics) this.#topic(topic);
      const partitions = topics.flatMap(topic => this.#ranges(topic));
      this.openReaders += 1;
      return {
        partitions,
        read: (topic, partition, { from, to }, signal) =>
          abortable(this.#read(topic, partition, from, to), signal, 'a read'),
        close: () => {
          this.openReaders -= 1;
          return Promise.resolve();
        }
      };
    });
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  values(topic: string): (string | null)[] {
    return this.#topic(topic).records.map(record => record.value);
  }

  #topic(name: string): MemoryTopic {
    const topic = this.topics.get(name);
    if (topic === undefined) throw topicNotFound(name, [...this.topics.keys()]);
    return topic;
  }

  #describe(name: string): TopicInfo {
    const { spec } = this.#topic(name);
    const partitions = this.#ranges(name).map(({ partition, earliest, latest }) => ({
      id: partition,
      leader: 1,
      replicas: [1],
      isr: [1],
      earliest,
      latest
    }));
    return { name, partitions, config: spec.config ?? {} };
  }

  /** What each partition holds; offsets go on where records were taken away from the start. */
  #ranges(topic: string): PartitionRange[] {
    const { spec, records } = this.topics.get(topic) ?? NO_TOPIC;
    return Array.from({ length: spec.partitions }, (_, partition) => {
      const own = records.filter(record => record.partition === partition);
      const last = own.at(-1)?.offset;
      const latest = last === undefined ? 0n : last + 1n;
      return { topic, partition, earliest: own[0]?.offset ?? 0n, latest };
    });
  }

  async #read(topic: string, partition: number, from: bigint, to: bigint) {
    await this.beforeRead();
    this.reads.push({ topic, partition, from, to });
    return this.#topic(topic).records.filter(
      one => one.partition === partition && one.offset >= from && one.offset < to
    );
  }
}

/** The offset is the next one of the partition. */
function consumed(
  topic: string,
  log: readonly ConsumedRecord[],
  record: KafkaRecord
): ConsumedRecord {
  const partition = record.partition ?? 0;
  const last = log.findLast(one => one.partition === partition);
  return {
    topic,
    partition,
    offset: last === undefined ? 0n : last.offset + 1n,
    timestamp: record.timestamp ?? 0,
    key: record.key ?? null,
    value: record.value,
    headers: record.headers ?? {}
  };
}
