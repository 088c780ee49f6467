import { ListOffsetTimestamps, type Consumer } from '@platformatic/kafka';
import { HeadraceError } from '../../shared/errors.ts';
import { abortable } from '../abortable.ts';
import { listOffsets, topicMetadata, type Cluster } from './cluster.ts';
import { protocolErrorsOf, topicNotFound, toKafkaError } from './errors.ts';
import { createFetcher, fetchFrom, positionsOf, takeRecords, type Position } from './fetcher.ts';
import { TAIL_PATIENCE_MS, type ConsumedRecord, type TailOptions } from './port.ts';

/** The broker answers at the first byte; this is only how long it may hold an empty answer back. */
const MAX_WAIT_MS = 500;
/** Pauses between tries grow from the first to the longest, milliseconds. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

interface Tail {
  readonly cluster: Cluster;
  readonly fetcher: Consumer;
  readonly topics: readonly string[];
  readonly signal: AbortSignal;
  positions: Position[];
  /** Failures since the last answer. */
  failures: number;
  /** When the last answer came, epoch milliseconds. */
  answeredAt: number;
}

async function positionsAt(cluster: Cluster, options: TailOptions): Promise<Position[]> {
  const { EARLIEST, LATEST } = ListOffsetTimestamps;
  const topics = await topicMetadata(cluster, options.topics, options.signal);
  const timestamp = options.from === 'earliest' ? EARLIEST : LATEST;
  return positionsOf(topics, await listOffsets(cluster, topics, timestamp, options.signal));
}

/** New leaders for the same offsets. A topic that was deleted, even if it was created again, is gone. */
async function refresh(tail: Tail): Promise<void> {
  const topics = await topicMetadata(tail.cluster, tail.topics, tail.signal);
  const before = tail.positions;
  const replaced = before.find(({ topic, topicId }) => topics.get(topic)?.id !== topicId);
  if (replaced !== undefined) throw topicNotFound(replaced.topic);
  const { EARLIEST } = ListOffsetTimestamps;
  const earliest = await listOffsets(tail.cluster, topics, EARLIEST, tail.signal);
  tail.positions = positionsOf(topics, earliest).map(position => {
    const old = before.find(
      one => one.topic === position.topic && one.partition === position.partition
    );
    if (old !== undefined && old.offset > position.offset) position.offset = old.offset;
    return position;
  });
}

/** Recovers from a failed fetch, or throws when it cannot be recovered from. */
async function recover(tail: Tail, error: unknown): Promise<void> {
  const { brokers, hint, clock } = tail.cluster;
  const place = { brokers, ...(hint === undefined ? {} : { hint }) };
  const known = toKafkaError(error, { ...place, topic: tail.topics.join(', ') });
  const hopeless = known.code === 'HR_INTERNAL' || known.code === 'HR_INTERRUPTED';
  if (hopeless || clock.now() - tail.answeredAt > TAIL_PATIENCE_MS) throw known;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** tail.failures++, LONGEST_PAUSE_MS);
  if (protocolErrorsOf(error).length === 0 || tail.failures > 1)
    await clock.sleep(pause, tail.signal);
  await refresh(tail).catch((failure: unknown) => {
    if (!isPassing(failure)) throw failure;
  });
}

/** A broker that starts is not there first, and then leads nothing yet. */
function isPassing(failure: unknown): boolean {
  if (!(failure instanceof HeadraceError)) return false;
  return failure.code === 'HR_BROKER_UNREACHABLE' || failure.code === 'HR_BROKER_REFUSED';
}

/** Records of the next answer of one broker. */
async function fetchNode(tail: Tail, node: number): Promise<readonly ConsumedRecord[]> {
  const positions = tail.positions.filter(({ leader }) => leader === node);
  try {
    const records = takeRecords(
      positions,
      await fetchFrom(tail.fetcher, node, positions, MAX_WAIT_MS)
    );
    tail.failures = 0;
    tail.answeredAt = tail.cluster.clock.now();
    return records;
  } catch (error) {
    if (tail.signal.aborted) return [];
    await recover(tail, error);
    return [];
  }
}

/** One request in flight to each broker that leads a partition. */
async function* rounds(tail: Tail): AsyncGenerator<readonly ConsumedRecord[]> {
  const inFlight = new Map<number, Promise<{ node: number; records: readonly ConsumedRecord[] }>>();
  while (!tail.signal.aborted) {
    for (const node of new Set(tail.positions.map(({ leader }) => leader)))
      if (!inFlight.has(node))
        inFlight.set(
          node,
          fetchNode(tail, node).then(records => ({ node, records }))
        );
    const { node, records } = await Promise.race(inFlight.values());
    inFlight.delete(node);
    if (records.length > 0) yield records;
  }
}

async function* follow(
  cluster: Cluster,
  options: TailOptions,
  opened: Promise<Position[]>
): AsyncGenerator<readonly ConsumedRecord[]> {
  const { topics, signal } = options;
  const fetcher = createFetcher(cluster);
  try {
    const positions = await opened;
    const answeredAt = cluster.clock.now();
    const start = { cluster, fetcher, topics, signal, positions, failures: 0, answeredAt };
    const records = rounds(start);
    for (;;) {
      const next = await abortable(records.next(), signal, 'a tail');
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await fetcher.close();
  }
}

/** Follows whole topics; see {@link KafkaPort.tail}. Where it starts is fixed when this is called. */
export function tailTopics(
  cluster: Cluster,
  options: TailOptions
): AsyncIterable<readonly ConsumedRecord[]> {
  const opened = positionsAt(cluster, options);
  opened.catch(() => undefined);
  return follow(cluster, options, opened);
}
