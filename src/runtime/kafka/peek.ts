import { ListOffsetTimestamps, type Consumer } from '@platformatic/kafka';
import { call, listOffsets, topicMetadata, type Cluster } from './cluster.ts';
import { createFetcher, fetchFrom, positionsOf, takeRecords, type Position } from './fetcher.ts';
import type { ConsumedRecord } from './port.ts';

async function readUntil(
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

/** The newest records of a topic, ordered by timestamp; see {@link KafkaPort.peek}. */
export async function peekTopic(
  cluster: Cluster,
  topic: string,
  limit: number,
  signal?: AbortSignal
): Promise<ConsumedRecord[]> {
  const topics = await topicMetadata(cluster, [topic], signal);
  const { EARLIEST, LATEST } = ListOffsetTimestamps;
  const ends = await listOffsets(cluster, topics, LATEST, signal);
  const positions = positionsOf(topics, await listOffsets(cluster, topics, EARLIEST, signal));
  const fetcher = createFetcher(cluster);
  try {
    const reads = positions.map(position => {
      const end = ends.get(topic)?.[position.partition] ?? 0n;
      const start = end - BigInt(limit);
      if (start > position.offset) position.offset = start;
      return readUntil(fetcher, position, end);
    });
    const read = await call(cluster, () => Promise.all(reads), { signal, topic });
    return read.flat().sort((a, b) => a.timestamp - b.timestamp);
  } finally {
    await fetcher.close();
  }
}
