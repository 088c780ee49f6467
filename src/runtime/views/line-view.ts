import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { MAX_KEYS } from './keyed-rows.ts';
import { RecentKeys } from './recent-keys.ts';
import { TimeBuckets, type BucketPoint, type Fold } from './time-buckets.ts';
import { laterOf, toFrame, toNumber, type ViewModel } from './view-model.ts';

/** Rows that are not aggregated are averaged over this time, milliseconds. */
const ROW_BUCKET_MS = 1_000;
/** Aggregated rows stand at the very times that their query gave them. */
const KEYED_BUCKET_MS = 1;
const REPLAY_WINDOW = 10_000;

interface Contribution {
  readonly time: number;
  readonly values: readonly number[];
}

export interface LineOptions {
  /** Whether rows replace earlier rows of their key. */
  readonly keyed: boolean;
  readonly maxKeys?: number;
}

/**
 * Lines over time, one a value column, over a window of the newest `limit` times. Groups that share a
 * time add up, as counts do; rows that are not aggregated are averaged. Rows without a time, and groups
 * above `maxKeys`, count as dropped; rows older than the window do not.
 */
export class LineView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #fold: Fold;
  readonly #buckets: TimeBuckets;
  readonly #maxKeys: number;
  readonly #seen: RecentKeys | null;
  readonly #byKey = new Map<string, Contribution>();
  #total = 0;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec, options: LineOptions) {
    this.#view = view;
    this.#fold = options.keyed ? 'sum' : 'mean';
    this.#buckets = new TimeBuckets(options.keyed ? KEYED_BUCKET_MS : ROW_BUCKET_MS, view.limit);
    this.#seen = options.keyed ? null : new RecentKeys(REPLAY_WINDOW);
    this.#maxKeys = options.maxKeys ?? MAX_KEYS;
  }

  apply(rows: readonly ResultRow[]): void {
    for (const { key, row, eventTime } of rows) {
      this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
      const next = row === null ? null : this.#contributionOf(row);
      if (this.#seen === null) this.#replace(key, next);
      else if (next !== null && this.#seen.add(key)) this.#add(next);
    }
  }

  frame(status: StreamStatus): ViewFrame {
    const points = this.#buckets.points(this.#fold);
    return toFrame(this.#view, status, {
      rows: points.map(point => this.#toRow(point)),
      total: this.#seen === null ? this.#byKey.size : this.#total,
      sum: null,
      dropped: this.#dropped,
      eventTimeMax: this.#eventTimeMax
    });
  }

  #contributionOf(row: Readonly<Record<string, Cell>>): Contribution | null {
    const time = this.#view.category === null ? null : row[this.#view.category];
    if (typeof time !== 'number' || !Number.isFinite(time)) {
      this.#dropped += 1;
      return null;
    }
    return { time, values: this.#view.values.map(name => toNumber(row[name])) };
  }

  #replace(key: string, next: Contribution | null): void {
    const previous = this.#byKey.get(key);
    if (previous !== undefined) this.#buckets.remove(previous.time, previous.values);
    this.#byKey.delete(key);
    if (next === null) return;
    if (this.#byKey.size >= this.#maxKeys) this.#forgetOldKeys();
    if (this.#byKey.size >= this.#maxKeys) this.#dropped += 1;
    else if (this.#add(next)) this.#byKey.set(key, next);
  }

  #add(next: Contribution): boolean {
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
    this.#view.values.forEach((name, index) => (row[name] = values[index] ?? null));
    return row;
  }
}
