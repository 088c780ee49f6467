import { MAX_SOURCE_RECORDS } from '../../shared/source-record.ts';
import type { Clock } from '../clock.ts';
import type { ConsumedRecord, KafkaReader, PartitionRange } from '../kafka/port.ts';

/** Records that a search looks at, over all topics. */
const MAX_SEARCHED = 50_000;
/** How long a search begins new pages, milliseconds. */
const MAX_SEARCH_MS = 3_000;
/** Records a page: few requests, and short enough that an interrupt and the time are minded. */
const PAGE = 2_000;

/** What a search has found. */
export interface Found {
  /** Newest first. */
  readonly records: readonly ConsumedRecord[];
  readonly searched: number;
  /** Why older records were not searched; null where all were. */
  readonly stopped: 'enough' | 'count' | 'time' | null;
}

interface Cursor extends PartitionRange {
  /** Records from here on were looked at. */
  at: bigint;
  /** Time of the oldest of them; a partition that was not looked at may have the newest record of all. */
  oldest: number;
}

/**
 * Searches partitions page by page from their ends backwards, always the one that may have the newest records
 * next, until enough were found or too many were looked at.
 */
export async function searchBack(
  reader: KafkaReader,
  matches: (record: ConsumedRecord) => boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal }
): Promise<Found> {
  const end = clock.now() + MAX_SEARCH_MS;
  const cursors = reader.partitions.map(range => ({
    ...range,
    at: range.latest,
    oldest: Infinity
  }));
  const records: ConsumedRecord[] = [];
  let searched = 0;
  for (;;) {
    const stopped = reasonToStop(cursors, records, searched, clock.now() >= end);
    const cursor = newest(cursors);
    if (stopped !== null || cursor === null)
      return { records: newestFirst(records).slice(0, MAX_SOURCE_RECORDS), searched, stopped };
    const page = await pageBefore(reader, cursor, MAX_SEARCHED - searched, signal);
    searched += page.length;
    records.push(...page.filter(matches));
  }
}

function reasonToStop(
  cursors: readonly Cursor[],
  records: readonly ConsumedRecord[],
  searched: number,
  late: boolean
): Found['stopped'] {
  const next = newest(cursors);
  if (next === null) return records.length > MAX_SOURCE_RECORDS ? 'enough' : null;
  const sure = records.filter(({ timestamp }) => timestamp >= next.oldest);
  if (sure.length >= MAX_SOURCE_RECORDS) return 'enough';
  if (searched >= MAX_SEARCHED) return 'count';
  return late ? 'time' : null;
}

/** The cursor behind which the newest records may be; null when all partitions were looked at. */
function newest(cursors: readonly Cursor[]): Cursor | null {
  return cursors
    .filter(({ at, earliest }) => at > earliest)
    .reduce<Cursor | null>(
      (best, cursor) => (best === null || cursor.oldest > best.oldest ? cursor : best),
      null
    );
}

/** The next page of a partition; moves its cursor. */
async function pageBefore(
  reader: KafkaReader,
  cursor: Cursor,
  most: number,
  signal: AbortSignal
): Promise<ConsumedRecord[]> {
  const to = cursor.at;
  const size = BigInt(Math.min(PAGE, most));
  const from = to - size > cursor.earliest ? to - size : cursor.earliest;
  const page = await reader.read(cursor.topic, cursor.partition, { from, to }, signal);
  cursor.at = from;
  for (const { timestamp } of page) cursor.oldest = Math.min(cursor.oldest, timestamp);
  return page;
}

function newestFirst(records: readonly ConsumedRecord[]): ConsumedRecord[] {
  return records.toSorted(
    (left, right) => right.timestamp - left.timestamp || Number(right.offset - left.offset)
  );
}
