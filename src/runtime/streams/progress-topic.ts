import type { KafkaPort } from '../kafka/port.ts';
import {
  BEAT_KEY,
  beatSchema,
  DESCRIPTOR_KEY,
  descriptorSchema,
  readJson,
  type Beat,
  type Descriptor
} from './messages.ts';
import { LOST_MS } from './status-tracker.ts';

/** Reading what is there takes milliseconds; a broker that hangs must not hold a cell, milliseconds. */
const READ_LIMIT_MS = 15_000;

/** What a progress topic tells of the last start of its stream. */
export interface LastStart {
  readonly descriptor: Descriptor;
  readonly beat: Beat | null;
}

/** Reads a progress topic to its present end; null where no stream was ever started with it. */
export async function readLastStart(
  kafka: KafkaPort,
  topic: string,
  signal: AbortSignal
): Promise<LastStart | null> {
  const end = (await kafka.admin.endOffsets([topic], signal)).get(topic)?.[0] ?? 0n;
  if (end === 0n) return null;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(READ_LIMIT_MS)]);
  const found: { descriptor: Descriptor | null; beat: Beat | null } = {
    descriptor: null,
    beat: null
  };
  for await (const records of kafka.tail({ topics: [topic], from: 'earliest', signal: limited })) {
    for (const { key, value } of records) {
      if (key === DESCRIPTOR_KEY) found.descriptor = readJson(descriptorSchema, value);
      if (key === BEAT_KEY) found.beat = readJson(beatSchema, value);
    }
    if (records.some(({ offset }) => offset >= end - 1n)) break;
  }
  const { descriptor, beat } = found;
  return descriptor === null ? null : { descriptor, beat: ofStart(descriptor, beat) };
}

function ofStart({ run }: Descriptor, beat: Beat | null): Beat | null {
  return beat?.run === run ? beat : null;
}

/** Whether the stream of this start still runs, as far as its last beat can tell. */
export function isRunning({ beat }: LastStart, now: number): boolean {
  if (beat === null || beat.state === 'stopped' || beat.state === 'failed') return false;
  return now - beat.at < LOST_MS;
}
