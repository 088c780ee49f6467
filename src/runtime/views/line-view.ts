import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { decimate } from './decimate.ts';
import { MAX_KEYS } from './keyed-rows.ts';
import { lineValues, type LineValues } from './line-values.ts';
import { RecentKeys } from './recent-keys.ts';
import { TimeBuckets, type BucketPoint, type Fold, type Values } from './time-buckets.ts';
import { laterOf, REPLAY_WINDOW, toFrame, type ViewModel } from './view-model.ts';

/** Rows that are not aggregated are averaged over this time at least, milliseconds. */
const ROW_BUCKET_MS = 1_000;
/** Aggregated rows stand at the very times that their query gave them. */
const KEYED_BUCKET_MS = 1;
/** Times that a view with a window keeps, shown or not. */
const MAX_TIMES = 10_000;

interface Contribution {
  readonly time: number;
  readonly values: Values;
}

export interface LineOptions {
  /** Whether rows replace earlier rows of their key. */
  readonly keyed: boolean;
  readonly maxKeys?: number;
}

/**
 * Lines over time: one a value column, or one a value of the column `series`, whose slots are the columns of
 * the frame. They reach back `windowMs` from the newest time, or the newest `limit` times where no window is
 * set; a frame with more times than `limit` keeps the extremes of each line.
 *
 * Groups that share a time add up, as counts do; rows that are not aggregated are averaged. Rows
 * without a time, groups above `maxKeys` and series without a slot count as dropped, each once; rows older
 * than the window do not.
 */
export class LineView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #fold: Fold;
  readonly #lines: LineValues;
  readonly #buckets: TimeBuckets;
  readonly #maxKeys: number;
  readonly #seen: RecentKeys | null;
  readonly #lost = new RecentKeys(REPLAY_WINDOW);
  readonly #byKey = new Map<string, Contribution>();
  #total = 0;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec, options: LineOptions) {
    this.#view = view;
    this.#fold = options.keyed ? 'sum' : 'mean';
    this.#lines = lineValues(view);
    this.#buckets = bucketsFor(view, options.keyed);
    this.#seen = options.keyed ? null : new RecentKeys(REPLAY_WINDOW);
    this.#maxKeys = options.maxKeys ?? MAX_KEYS;
  }

  apply(rows: readonly ResultRow[]): void {
    this.#lines.prepare(rows);
    for (const { key, row, eventTime } of rows) {
      this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
      if (this.#seen === null) this.#replace(key, this.#contributionOf(key, row));
      else if (row !== null && this.#seen.add(key)) this.#add(this.#contributionOf(key, row));
    }
  }

  frame(status: StreamStatus): ViewFrame {
    const points = decimate(this.#buckets.points(this.#fold), this.#view.limit);
    return toFrame(this.#view, status, {
      rows: points.map(point => this.#toRow(point)),
      total: this.#seen === null ? this.#byKey.size : this.#total,
      sum: null,
      dropped: this.#dropped + this.#lines.dropped,
      eventTimeMax: this.#eventTimeMax,
      labels: this.#lines.labels
    });
  }

  #contributionOf(key: string, row: ResultRow['row']): Contribution | null {
    if (row === null) return null;
    const time = this.#view.category === null ? null : row[this.#view.category];
    if (typeof time !== 'number' || !Number.isFinite(time)) return this.#lose(key);
    const values = this.#lines.valuesOf(row);
    return values === null ? null : { time, values };
  }

  #lose(key: string): null {
    if (this.#lost.add(key)) this.#dropped += 1;
    return null;
  }

  #replace(key: string, next: Contribution | null): void {
    const previous = this.#byKey.get(key);
    if (previous !== undefined) this.#buckets.remove(previous.time, previous.values);
    this.#byKey.delete(key);
    if (next === null) return;
    if (this.#byKey.size >= this.#maxKeys) this.#forgetOldKeys();
    if (this.#byKey.size >= this.#maxKeys) this.#lose(key);
    else if (this.#add(next)) this.#byKey.set(key, next);
  }

  #add(next: Contribution | null): boolean {
    if (next === null) return false;
    this.#total += 1;
    return this.#buckets.add(next.time, next.values);
  }

  #forgetOldKeys(): void {
    for (const [key, { time }] of this.#byKey) {
      if (!this.#buckets.keeps(time)) this.#byKey.delete(key);
    }
  }

  #toRow({ time, values }: BucketPoint): Record<string, Cell> {
    const row: Record<string, Cell> = {};
    if (this.#view.category !== null) row[this.#view.category] = time;
    this.#lines.columns.forEach((name, index) => (row[name] = values[index] ?? null));
    return row;
  }
}

/** A window of single rows has buckets so wide that all of it is kept. */
function bucketsFor(view: ViewSpec, keyed: boolean): TimeBuckets {
  const { limit, windowMs } = view;
  const width = keyed ? KEYED_BUCKET_MS : rowBucketMs(view);
  return windowMs === null
    ? new TimeBuckets(width, limit)
    : new TimeBuckets(width, Math.max(limit, MAX_TIMES), windowMs);
}

/** The time over which a line averages rows that are not aggregated, milliseconds; it begins at its multiples. */
export function rowBucketMs({ windowMs }: Pick<ViewSpec, 'windowMs'>): number {
  return Math.max(ROW_BUCKET_MS, Math.ceil((windowMs ?? 0) / MAX_TIMES));
}
