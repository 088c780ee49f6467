import type { KafkaRecord } from '../kafka/port.ts';
import type { RecordSource } from './port.ts';

/** How a line of text becomes a record. */
export interface LineFormat {
  /** Text between key and value; a line without it has no key. Null: the whole line is the value. */
  readonly keySeparator: string | null;
  /** Key of every record that has none of its own. */
  readonly key: string | null;
}

/** The record that a line stands for. */
export function parseLine(line: string, format: LineFormat): KafkaRecord {
  const at = format.keySeparator === null ? -1 : line.indexOf(format.keySeparator);
  if (format.keySeparator === null || at < 0) return { key: format.key, value: line };
  return { key: line.slice(0, at), value: line.slice(at + format.keySeparator.length) };
}

/** Lines that are in memory already, one record each. */
export function createLineSource(lines: readonly string[], format: LineFormat): RecordSource {
  let position = 0;
  return {
    total: lines.length,
    next(max) {
      const batch = lines.slice(position, position + max);
      position += batch.length;
      return batch.map(line => parseLine(line, format));
    }
  };
}
