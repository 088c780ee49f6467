import { topicExists, topicNotFound } from '../../src/runtime/kafka/errors.ts';
import type {
  ConsumedRecord,
  KafkaAdmin,
  KafkaPort,
  KafkaProducer,
  KafkaRecord,
  TopicInfo,
  TopicSpec
} from '../../src/runtime/kafka/port.ts';

interface MemoryTopic {
  readonly spec: TopicSpec;
  readonly records: ConsumedRecord[];
}

/** Topics in memory; every record goes to partition 0. */
export class MemoryKafka implements KafkaPort {
  readonly brokers = ['127.0.0.1:9092'];
  readonly topics = new Map<string, MemoryTopic>();
  /** Called before each send; a rejection is the broker's. */
  beforeSend: (records: readonly KafkaRecord[]) => Promise<void> = () => Promise.resolve();
  openProducers = 0;
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
        new Map(names.map(name => [name, [BigInt(this.topics.get(name)?.records.length ?? 0)]]))
      )
  };

  producer(): Promise<KafkaProducer> {
    this.openProducers += 1;
    return Promise.resolve({
      send: async (topic, records) => {
        await this.beforeSend(records);
        const { records: log } = this.#topic(topic);
        for (const record of records) log.push(consumed(topic, log.length, record));
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
    const { spec, records } = this.#topic(name);
    const partitions = Array.from({ length: spec.partitions }, (_, id) => ({
      id,
      leader: 1,
      replicas: [1],
      isr: [1],
      earliest: 0n,
      latest: id === 0 ? BigInt(records.length) : 0n
    }));
    return { name, partitions, config: spec.config ?? {} };
  }
}

function consumed(topic: string, offset: number, record: KafkaRecord): ConsumedRecord {
  return {
    topic,
    partition: 0,
    offset: BigInt(offset),
    timestamp: record.timestamp ?? 0,
    key: record.key ?? null,
    value: record.value,
    headers: record.headers ?? {}
  };
}
