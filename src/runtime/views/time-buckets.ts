/** What one key adds to a bucket, one number a series. */
type Contribution = readonly number[];

interface Bucket {
  readonly time: number;
  readonly sums: number[];
  count: number;
}

/** The value of a bucket in one series. */
export type Fold = 'sum' | 'mean';

/** One point of every series. */
export interface BucketPoint {
  readonly time: number;
  readonly values: readonly number[];
}

/**
 * Numbers of several series, gathered in buckets of equal width; the newest `limit` buckets are kept.
 * Times are epoch milliseconds.
 */
export class TimeBuckets {
  readonly #width: number;
  readonly #limit: number;
  readonly #buckets = new Map<number, Bucket>();
  /** Buckets older than this are gone for good, so that a late row cannot bring one back half. */
  #horizon = -Infinity;

  constructor(width: number, limit: number) {
    this.#width = width;
    this.#limit = limit;
  }

  /** False when the time is older than the buckets that are kept. */
  add(time: number, values: Contribution): boolean {
    const start = Math.floor(time / this.#width) * this.#width;
    if (start < this.#horizon) return false;
    const bucket = this.#buckets.get(start) ?? { time: start, sums: values.map(() => 0), count: 0 };
    values.forEach((value, index) => (bucket.sums[index] = (bucket.sums[index] ?? 0) + value));
    bucket.count += 1;
    this.#buckets.set(start, bucket);
    if (this.#buckets.size > this.#limit) this.#dropOldest();
    return start >= this.#horizon;
  }

  /** Takes back what was added with the same arguments. */
  remove(time: number, values: Contribution): void {
    const start = Math.floor(time / this.#width) * this.#width;
    const bucket = this.#buckets.get(start);
    if (bucket === undefined) return;
    values.forEach((value, index) => (bucket.sums[index] = (bucket.sums[index] ?? 0) - value));
    bucket.count -= 1;
    if (bucket.count === 0) this.#buckets.delete(start);
  }

  /** Whether the bucket of a time is still kept. */
  keeps(time: number): boolean {
    return Math.floor(time / this.#width) * this.#width >= this.#horizon;
  }

  /** Oldest first. */
  points(fold: Fold): BucketPoint[] {
    return [...this.#buckets.values()]
      .sort((left, right) => left.time - right.time)
      .map(({ time, sums, count }) => ({
        time,
        values: fold === 'sum' ? sums : sums.map(sum => sum / count)
      }));
  }

  #dropOldest(): void {
    const oldest = Math.min(...this.#buckets.keys());
    this.#buckets.delete(oldest);
    this.#horizon = oldest + this.#width;
  }
}
