/** What Headrace needs of a Kafka client. Adapters map every foreign error to a HeadraceError. */

export interface KafkaRecord {
  readonly key?: string | null;
  readonly value: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Epoch milliseconds; the broker's or client's clock where absent. */
  readonly timestamp?: number;
  readonly partition?: number;
}

export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor?: number;
  readonly config?: Readonly<Record<string, string>>;
}

export interface PartitionInfo {
  readonly id: number;
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly earliest: bigint;
  readonly latest: bigint;
}

export interface TopicInfo {
  readonly name: string;
  readonly partitions: readonly PartitionInfo[];
  readonly config: Readonly<Record<string, string>>;
}

export interface TailOptions {
  readonly topics: readonly string[];
  /** `latest` starts at the end as it is when the tail is opened. */
  readonly from: 'earliest' | 'latest';
  readonly signal: AbortSignal;
}

/** How long nothing but failures may come before a tail gives up, milliseconds: a broker that was killed is back in 15 s. */
export const TAIL_PATIENCE_MS = 60_000;

export interface KafkaAdmin {
  listTopics(signal?: AbortSignal): Promise<string[]>;
  /** Rejects with HR_TOPIC_EXISTS when one of them exists. */
  createTopics(topics: readonly TopicSpec[], signal?: AbortSignal): Promise<void>;
  /** Rejects with HR_TOPIC_NOT_FOUND. */
  describeTopic(name: string, signal?: AbortSignal): Promise<TopicInfo>;
  deleteTopics(names: readonly string[], signal?: AbortSignal): Promise<void>;
  /** End offsets by topic, then by partition; topics that are gone are left out. */
  endOffsets(topics: readonly string[], signal?: AbortSignal): Promise<Map<string, bigint[]>>;
}

export interface KafkaProducer {
  /** Resolves when all records are acknowledged by all in-sync replicas. */
  send(topic: string, records: readonly KafkaRecord[], signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The records that one partition holds when its reader is opened: from `earliest` up to but without `latest`. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** Reads topics at any offset, without a consumer group. Whoever opened it closes it. */
export interface KafkaReader {
  readonly partitions: readonly PartitionRange[];
  /**
   * The records from offset `from` up to but without `to`, in order. Offsets that compaction or retention has
   * emptied are left out, and so is what came after the reader was opened.
   */
  read(
    topic: string,
    partition: number,
    range: { readonly from: bigint; readonly to: bigint },
    signal?: AbortSignal
  ): Promise<ConsumedRecord[]>;
  close(): Promise<void>;
}

/** One connection to one cluster, shared by the whole kernel. */
export interface KafkaPort {
  readonly brokers: readonly string[];
  /**
   * `near` answers at once. Looks that nobody waits for should be rare where it is `far`, and left out where it is
   * `asleep`: something that costs would be started, or kept, for them alone.
   */
  readonly distance: 'near' | 'far' | 'asleep';
  readonly admin: KafkaAdmin;
  producer(): Promise<KafkaProducer>;
  /**
   * Records of whole topics without a consumer group, in batches of what has arrived, in order within a
   * partition. Ends when the signal is aborted; throws when the topic is deleted or no broker answers.
   */
  tail(options: TailOptions): AsyncIterable<readonly ConsumedRecord[]>;
  /** At most `limit` records per partition counted back from its end, ordered by timestamp. */
  peek(topic: string, limit: number, signal?: AbortSignal): Promise<ConsumedRecord[]>;
  /** A reader of topics as they are now. Rejects with HR_TOPIC_NOT_FOUND for the first that does not exist. */
  reader(topics: readonly string[], signal?: AbortSignal): Promise<KafkaReader>;
  close(): Promise<void>;
}
