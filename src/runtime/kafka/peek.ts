import { ListOffsetTimestamps } from '@platformatic/kafka';
import { call, listOffsets, topicMetadata, type Cluster } from './cluster.ts';
import { createFetcher, positionsOf, readUntil } from './fetcher.ts';
import type { ConsumedRecord } from './port.ts';

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
