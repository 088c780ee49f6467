import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { TAIL_PATIENCE_MS, type ConsumedRecord, type TailOptions } from '../kafka/port.ts';
import type { Moved, RelayRecord } from './messages.ts';
import type { Turns } from './turns.ts';

const PAUSE_MS = 1_000;

interface Position {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  offset: bigint;
}

export interface RelayParts {
  readonly turns: Turns;
  readonly clock: Clock;
}

/** Follows whole topics; see `KafkaPort.tail`. Where it starts is fixed when this is called. */
export function tailThrough(
  parts: RelayParts,
  options: TailOptions
): AsyncIterable<readonly ConsumedRecord[]> {
  const opened = positionsAt(parts, options);
  opened.catch(() => undefined);
  return follow(parts, options, opened);
}

async function positionsAt({ turns }: RelayParts, options: TailOptions): Promise<Position[]> {
  const ranges = await turns.call({ op: 'ranges', topics: options.topics }, options.signal);
  return ranges.map(({ earliest, latest, ...place }) => ({
    ...place,
    offset: options.from === 'earliest' ? earliest : latest
  }));
}

async function* follow(
  parts: RelayParts,
  { signal }: TailOptions,
  opened: Promise<Position[]>
): AsyncGenerator<readonly ConsumedRecord[]> {
  const { turns, clock } = parts;
  const id = turns.tail();
  let answeredAt = clock.now();
  try {
    const positions = await opened;
    for (;;) {
      const records = await next(parts, id, positions, signal, answeredAt);
      if (records === null) continue;
      answeredAt = clock.now();
      if (records.length > 0) yield records;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    turns.drop(id);
  }
}

/** The records of one poll; null where the brokers do not answer just now. */
async function next(
  { turns, clock }: RelayParts,
  id: string,
  positions: readonly Position[],
  signal: AbortSignal,
  answeredAt: number
): Promise<readonly ConsumedRecord[] | null> {
  try {
    const asked = positions.map(each => ({ ...each, offset: String(each.offset) }));
    const moved = await turns.poll(id, { positions: asked }, signal);
    return moved.flatMap(each => advance(positions, each));
  } catch (error) {
    const away = error instanceof HeadraceError && error.code === 'HR_BROKER_UNREACHABLE';
    if (!away || clock.now() - answeredAt > TAIL_PATIENCE_MS) throw error;
    await clock.sleep(PAUSE_MS, signal);
    return null;
  }
}

function advance(positions: readonly Position[], moved: Moved): ConsumedRecord[] {
  const { topic, partition, next: offset, records } = moved;
  const position = positions.find(one => one.topic === topic && one.partition === partition);
  if (position !== undefined) position.offset = offset;
  return records.map(record => consumed(topic, partition, record));
}

/** A record as it is told by the relay. */
export function consumed(
  topic: string,
  partition: number,
  [offset, timestamp, key, value, headers]: RelayRecord
): ConsumedRecord {
  return { topic, partition, offset, timestamp, key, value, headers };
}
