import { ListOffsetTimestamps, type Consumer } from '@platformatic/kafka';
import { HeadraceError } from '../../shared/errors.ts';
import { call, listOffsets, topicMetadata, type Cluster } from './cluster.ts';
import { createFetcher, positionsOf, readUntil, type Position } from './fetcher.ts';
import type { ConsumedRecord, KafkaReader, PartitionRange } from './port.ts';

/** One partition as it was when the reader was opened. */
interface Place extends PartitionRange {
  readonly position: Readonly<Position>;
}

/** Opens one connection for reads of any offset; see {@link KafkaPort.reader}. */
export async function openReader(
  cluster: Cluster,
  topics: readonly string[],
  signal?: AbortSignal
): Promise<KafkaReader> {
  const metadata = await topicMetadata(cluster, topics, signal);
  const { EARLIEST, LATEST } = ListOffsetTimestamps;
  const ends = await listOffsets(cluster, metadata, LATEST, signal);
  const starts = positionsOf(metadata, await listOffsets(cluster, metadata, EARLIEST, signal));
  const places = starts.map(position => ({
    topic: position.topic,
    partition: position.partition,
    earliest: position.offset,
    latest: ends.get(position.topic)?.[position.partition] ?? position.offset,
    position
  }));
  return new PartitionReader(cluster, places);
}

class PartitionReader implements KafkaReader {
  readonly partitions: readonly Place[];
  readonly #cluster: Cluster;
  readonly #fetcher: Consumer;

  constructor(cluster: Cluster, places: readonly Place[]) {
    this.#cluster = cluster;
    this.partitions = places;
    this.#fetcher = createFetcher(cluster);
  }

  async read(
    topic: string,
    partition: number,
    range: { readonly from: bigint; readonly to: bigint },
    signal?: AbortSignal
  ): Promise<ConsumedRecord[]> {
    const { position, earliest, latest } = this.#place(topic, partition);
    const start = { ...position, offset: range.from < earliest ? earliest : range.from };
    const end = range.to < latest ? range.to : latest;
    return await call(this.#cluster, () => readUntil(this.#fetcher, start, end), { signal, topic });
  }

  async close(): Promise<void> {
    await this.#fetcher.close();
  }

  #place(topic: string, partition: number): Place {
    const found = this.partitions.find(one => one.topic === topic && one.partition === partition);
    if (found !== undefined) return found;
    throw new HeadraceError('HR_INTERNAL', `No partition ${partition} of ${topic} was opened`);
  }
}
