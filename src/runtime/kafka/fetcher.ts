import {
  Consumer,
  IS_CONTROL,
  type ClusterTopicMetadata,
  type FetchOptions,
  type KafkaRecord as WireRecord,
  type RecordsBatch
} from '@platformatic/kafka';
import { clientOptions, type Cluster } from './cluster.ts';
import type { ConsumedRecord } from './port.ts';

const PARTITION_MAX_BYTES = 1_048_576;
const REQUEST_MAX_BYTES = 8 * PARTITION_MAX_BYTES;

type FetchRequestTopic = FetchOptions<Buffer, Buffer, Buffer, Buffer>['topics'][number];
type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/** One partition that is read, and the offset to read next. */
export interface Position {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly leader: number;
  offset: bigint;
}

/** Positions of all partitions of topics, at the given offsets. */
export function positionsOf(
  topics: ReadonlyMap<string, ClusterTopicMetadata>,
  offsets: ReadonlyMap<string, readonly bigint[]>
): Position[] {
  return [...topics].flatMap(([topic, { id, partitions }]) =>
    partitions.map(({ leader }, partition) => ({
      topic,
      topicId: id,
      partition,
      leader,
      offset: offsets.get(topic)?.[partition] ?? 0n
    }))
  );
}

/**
 * A connection that reads partitions by fetch requests alone. It joins no consumer group, so the broker
 * keeps nothing about it; the group name is only there because the client asks for one.
 */
export function createFetcher(cluster: Cluster): Consumer {
  return new Consumer({
    ...clientOptions(cluster),
    groupId: `${cluster.clientId}-never-joined`,
    retries: 0
  });
}

function requestTopics(positions: readonly Position[]): FetchRequestTopic[] {
  const topicIds = new Set(positions.map(({ topicId }) => topicId));
  return [...topicIds].map(topicId => ({
    topicId,
    partitions: positions
      .filter(one => one.topicId === topicId)
      .map(({ partition, offset }) => ({
        partition,
        fetchOffset: offset,
        currentLeaderEpoch: -1,
        lastFetchedEpoch: -1,
        partitionMaxBytes: PARTITION_MAX_BYTES
      }))
  }));
}

/** Asks one broker for what it has at these positions, waiting up to `maxWaitMs` for the first byte. */
export async function fetchFrom(
  fetcher: Consumer,
  node: number,
  positions: readonly Position[],
  maxWaitMs: number
): Promise<FetchResponse> {
  return await fetcher.fetch({
    node,
    topics: requestTopics(positions),
    minBytes: 1,
    maxBytes: REQUEST_MAX_BYTES,
    maxWaitTime: maxWaitMs
  });
}

function text(buffer: Buffer | null): string | null {
  return buffer === null ? null : buffer.toString('utf8');
}

function consumed(position: Position, batch: RecordsBatch, record: WireRecord): ConsumedRecord {
  const headers = record.headers.map(([name, value]) => [text(name) ?? '', text(value) ?? '']);
  return {
    topic: position.topic,
    partition: position.partition,
    offset: batch.firstOffset + BigInt(record.offsetDelta),
    timestamp: Number(batch.firstTimestamp + record.timestampDelta),
    key: text(record.key),
    value: text(record.value),
    headers: Object.fromEntries(headers) as Record<string, string>
  };
}

function* advance(position: Position, batches: readonly RecordsBatch[]): Generator<ConsumedRecord> {
  for (const batch of batches) {
    const next = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    if (next <= position.offset) continue;
    if ((batch.attributes & IS_CONTROL) === 0)
      for (const record of batch.records)
        if (batch.firstOffset + BigInt(record.offsetDelta) >= position.offset)
          yield consumed(position, batch, record);
    position.offset = next;
  }
}

/**
 * Records of a response, in order within a partition; moves the positions past them. A batch may begin
 * before the asked offset, and compaction leaves gaps, so the batch's own bounds decide.
 */
export function takeRecords(
  positions: readonly Position[],
  response: FetchResponse
): ConsumedRecord[] {
  const byPlace = new Map(positions.map(one => [`${one.topicId}/${one.partition}`, one]));
  return response.responses.flatMap(({ topicId, partitions }) =>
    partitions.flatMap(({ partitionIndex, records }) => {
      const position = byPlace.get(`${topicId}/${partitionIndex}`);
      return position === undefined ? [] : [...advance(position, records ?? [])];
    })
  );
}

/** The records between a position and the offset `end`, which is not read; moves the position. */
export async function readUntil(
  fetcher: Consumer,
  position: Position,
  end: bigint
): Promise<ConsumedRecord[]> {
  const records: ConsumedRecord[] = [];
  while (position.offset < end) {
    const before = position.offset;
    records.push(
      ...takeRecords([position], await fetchFrom(fetcher, position.leader, [position], 0))
    );
    if (position.offset === before) break;
  }
  return records.filter(record => record.offset < end);
}
