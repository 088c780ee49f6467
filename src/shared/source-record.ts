import { z } from 'zod';

/** Records shown behind one row, and characters shown of each. */
export const MAX_SOURCE_RECORDS = 100;
const MAX_VALUE = 4_000;

/** A Kafka record behind a row of a view. */
export const sourceRecordSchema = z.object({
  topic: z.string(),
  partition: z.number().int(),
  /** Decimal digits: offsets exceed what a JSON number holds. */
  offset: z.string().regex(/^\d{1,19}$/),
  /** Epoch milliseconds. */
  timestamp: z.number(),
  key: z.string().max(MAX_VALUE).nullable(),
  /** Cut after some thousand characters. */
  value: z.string().max(MAX_VALUE).nullable()
});
export type SourceRecord = z.infer<typeof sourceRecordSchema>;

/** What was found behind a row. */
export const sourceRecordsSchema = z.object({
  /** Newest first. */
  records: z.array(sourceRecordSchema).max(MAX_SOURCE_RECORDS),
  /** Records that were looked at, counted back from the end of the topics. */
  searched: z.number(),
  /** One sentence where the records cannot be told from the row, or not all were looked at; else empty. */
  note: z.string()
});
export type SourceRecords = z.infer<typeof sourceRecordsSchema>;

/** The part of a record's value that is shown. */
export function shownValue(value: string | null): string | null {
  return value === null || value.length <= MAX_VALUE ? value : `${value.slice(0, MAX_VALUE - 1)}…`;
}
