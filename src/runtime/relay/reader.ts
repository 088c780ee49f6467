import { HeadraceError } from '../../shared/errors.ts';
import type { ConsumedRecord, KafkaReader, PartitionRange } from '../kafka/port.ts';
import { consumed } from './tail.ts';
import type { Turns } from './turns.ts';

/** Opens topics for reads of any offset; see `KafkaPort.reader`. Nothing of it has to be closed. */
export async function openRelayReader(
  turns: Turns,
  topics: readonly string[],
  signal?: AbortSignal
): Promise<KafkaReader> {
  const partitions = await turns.call({ op: 'ranges', topics }, signal);
  return {
    partitions,
    async read(topic, partition, { from, to }, asked) {
      const range = partitions.find(one => one.topic === topic && one.partition === partition);
      if (range === undefined)
        throw new HeadraceError('HR_INTERNAL', `No partition ${partition} of ${topic} was opened`);
      return readRange(turns, within(range, from, to), asked);
    },
    close: () => Promise.resolve()
  };
}

/** At most `limit` records per partition counted back from its end, ordered by timestamp. */
export async function peekThrough(
  turns: Turns,
  topic: string,
  limit: number,
  signal?: AbortSignal
): Promise<ConsumedRecord[]> {
  const ranges = await turns.call({ op: 'ranges', topics: [topic] }, signal);
  const newest = ranges.map(range => within(range, range.latest - BigInt(limit), range.latest));
  const read = await Promise.all(newest.map(range => readRange(turns, range, signal)));
  return read.flat().sort((a, b) => a.timestamp - b.timestamp);
}

function within(range: PartitionRange, from: bigint, to: bigint): PartitionRange {
  const earliest = from < range.earliest ? range.earliest : from;
  return { ...range, earliest, latest: to < range.latest ? to : range.latest };
}

/** Asks until the end of the range: one answer holds a bounded number of records. */
async function readRange(
  turns: Turns,
  { topic, partition, earliest, latest }: PartitionRange,
  signal: AbortSignal | undefined
): Promise<ConsumedRecord[]> {
  const read: ConsumedRecord[] = [];
  const to = String(latest);
  for (let from = earliest; from < latest;) {
    const call = { op: 'read', topic, partition, from: String(from), to } as const;
    const { records, next } = await turns.call(call, signal);
    for (const record of records) read.push(consumed(topic, partition, record));
    from = next;
  }
  return read;
}
