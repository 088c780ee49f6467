import type { StreamSpec } from '../streams/port.ts';

/** Where one record is. */
export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/**
 * The record that a row that is not aggregated was made of, from the key of its result: topic, partition and
 * offset, and of SQL a hash of the row as well (`ID_COLUMN` in spark-jobs/headrace). Null where the
 * key says none of the stream's topics.
 */
export function recordPlace(spec: StreamSpec, key: string): RecordPlace | null {
  const form = spec.query.kind === 'sql' ? /^(\d+)-(\d+)-[0-9A-F]+$/ : /^(\d+)-(\d+)$/;
  for (const { topic } of spec.sources) {
    const [, partition, offset] = key.startsWith(`${topic}-`)
      ? (form.exec(key.slice(topic.length + 1)) ?? [])
      : [];
    if (partition !== undefined && offset !== undefined)
      return { topic, partition: Number(partition), offset: BigInt(offset) };
  }
  return null;
}
