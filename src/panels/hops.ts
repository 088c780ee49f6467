import type { StreamStatus } from '../shared/stream-status.ts';
import type { Translate } from './translate.ts';

/** The places that a record passes on its way to a view, in order. */
export const HOPS = ['start', 'topic', 'offsets', 'batch', 'parse', 'watermark', 'filter'] as const;
export type Hop = (typeof HOPS)[number];

/** A step of the line that is drawn for a person. */
export interface HopStep {
  readonly label: string;
  /** Records come through, none do, or it cannot be told. */
  readonly state: 'passed' | 'dry' | 'unknown';
}

/** The first place where nothing comes through; null where rows come. */
export function dryHopOf(status: StreamStatus, total: number): Hop | null {
  if (total > 0 || status.rows > 0) return null;
  if (status.state === 'planned' || status.state === 'starting') return 'start';
  if (status.topicRecords === 0) return 'topic';
  if (status.offered === 0) return 'offsets';
  if (status.batch === null && status.mode !== 'real-time') return 'batch';
  return lateHop(status);
}

/** Records were read: they were unreadable, wait for their window, or are not wanted. */
function lateHop({ dead, offered, late, watermark }: StreamStatus): Hop {
  if (dead > 0 && (offered === null || dead >= offered)) return 'parse';
  return late > 0 || watermark !== null ? 'watermark' : 'filter';
}

/** The way of the records as steps; the last one is the rows that are missing. */
export function hopSteps(dry: Hop, trans: Translate): HopStep[] {
  const labels: readonly (readonly [Hop, string])[] = [
    ['topic', trans.__('Topic')],
    ['offsets', trans.__('New records')],
    ['batch', trans.__('Batch')],
    ['parse', trans.__('Parsed')],
    ['watermark', trans.__('Watermark')],
    ['filter', trans.__('Kept')]
  ];
  const at = HOPS.indexOf(dry);
  return labels.map(([hop, label]) => {
    const place = HOPS.indexOf(hop);
    return { label, state: place < at ? 'passed' : place === at ? 'dry' : 'unknown' };
  });
}
