import type { StreamStatus } from './stream-status.ts';

/**
 * The places that records pass on their way to a view, in order: the query starts, the topic holds records,
 * some came since the stream began, a batch reads them, they can be parsed, they come before the watermark,
 * and the query keeps them.
 */
export const DRY_HOPS = [
  'start',
  'topic',
  'offsets',
  'batch',
  'parse',
  'watermark',
  'filter'
] as const;
export type DryHop = (typeof DRY_HOPS)[number];

/**
 * The first place where nothing comes through, for a view that has shown `total` rows since its start. Null
 * where there are rows, where the stream failed, as its reason then says more, and where it cannot be told.
 */
export function dryHop(status: StreamStatus, total: number): DryHop | null {
  if (total > 0 || status.rows > 0 || status.state === 'failed') return null;
  if (status.state === 'planned' || status.state === 'starting') return 'start';
  const { topicRecords, offered } = status;
  // A topic may have lost records that the stream has read.
  if (topicRecords === 0 && (offered ?? 0) === 0) return 'topic';
  if (offered === null) return null;
  if (offered === 0) return topicRecords === null ? null : 'offsets';
  return hopOfRecords(status, offered);
}

/** Records were offered: they wait, are unreadable or late, or the query keeps none. */
function hopOfRecords(status: StreamStatus, offered: number): DryHop | null {
  const { dead, late } = status;
  if (dead >= offered) return 'parse';
  // What is unreadable or late was read.
  const read = dead > 0 || late > 0 || someRead(status, offered);
  if (read === null) return null;
  if (!read) return 'batch';
  return late > 0 ? 'watermark' : 'filter';
}

/** Whether Spark has read any record; null where it cannot be told, as after the end in real-time mode. */
function someRead({ mode, batch, backlog }: StreamStatus, offered: number): boolean | null {
  if (backlog !== null && backlog >= offered) return false;
  if (batch !== null) return true;
  // Real-time mode reads at once, and its batch is finished after a minute only.
  if (mode === 'real-time') return true;
  return mode === null ? null : false;
}
