/** What one key adds to a bucket, one number a series; null where it says nothing about a series. */
export type Values = readonly (number | null)[];

interface Bucket {
  readonly time: number;
  readonly sums: number[];
  /** Numbers behind each sum. */
  readonly counts: number[];
  /** Contributions, with and without numbers. */
  uses: number;
}

/** The value of a bucket in one series. */
export type Fold = 'sum' | 'mean';

/** One point of every series; null where a series has none at this time. */
export interface BucketPoint {
  readonly time: number;
  readonly values: Values;
}

/** Buckets above the limit before the oldest are let go, so that sorting them is rare. */
const SLACK = 1.1;

/**
 * Numbers of several series, gathered in buckets of equal width; the newest `limit` buckets are kept, and
 * of these only the ones of the last `windowMs`. Times are epoch milliseconds.
 */
export class TimeBuckets {
  readonly #width: number;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #buckets = new Map<number, Bucket>();
  /** Buckets older than this are gone for good, so that a late row cannot bring one back half. */
  #horizon = -Infinity;

  constructor(width: number, limit: number, windowMs = Infinity) {
    this.#width = width;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** False when the time is older than the buckets that are kept. */
  add(time: number, values: Values): boolean {
    const start = this.#startOf(time);
    this.#horizon = Math.max(this.#horizon, start - this.#windowMs);
    if (start < this.#horizon) return false;
    const bucket = this.#buckets.get(start) ?? { time: start, sums: [], counts: [], uses: 0 };
    values.forEach((value, index) => change(bucket, index, value, 1));
    bucket.uses += 1;
    this.#buckets.set(start, bucket);
    if (this.#buckets.size > this.#limit * SLACK) this.#dropOldest();
    return start >= this.#horizon;
  }

  /** Takes back what was added with the same arguments. */
  remove(time: number, values: Values): void {
    const start = this.#startOf(time);
    const bucket = this.#buckets.get(start);
    if (bucket === undefined) return;
    values.forEach((value, index) => change(bucket, index, value, -1));
    bucket.uses -= 1;
    if (bucket.uses === 0) this.#buckets.delete(start);
  }

  /** Whether the bucket of a time is still kept. */
  keeps(time: number): boolean {
    return this.#startOf(time) >= this.#horizon;
  }

  /** Oldest first. */
  points(fold: Fold): BucketPoint[] {
    return this.#newest().map(({ time, sums, counts }) => ({
      time,
      values: sums.map((sum, index) => folded(fold, sum, counts[index] ?? 0))
    }));
  }

  #startOf(time: number): number {
    return Math.floor(time / this.#width) * this.#width;
  }

  /** Oldest first, as many as the limit allows. */
  #newest(): Bucket[] {
    return [...this.#buckets.values()]
      .filter(({ time }) => time >= this.#horizon)
      .sort((left, right) => left.time - right.time)
      .slice(-this.#limit);
  }

  #dropOldest(): void {
    const [oldest] = this.#newest();
    if (oldest !== undefined) this.#horizon = Math.max(this.#horizon, oldest.time);
    for (const time of this.#buckets.keys()) if (time < this.#horizon) this.#buckets.delete(time);
  }
}

function change(bucket: Bucket, index: number, value: number | null, sign: 1 | -1): void {
  bucket.sums[index] = (bucket.sums[index] ?? 0) + sign * (value ?? 0);
  bucket.counts[index] = (bucket.counts[index] ?? 0) + (value === null ? 0 : sign);
}

function folded(fold: Fold, sum: number, count: number): number | null {
  if (count === 0) return null;
  return fold === 'sum' ? sum : sum / count;
}
