/** Occurrences per second over the last few seconds; times are epoch milliseconds. */
export class RateWindow {
  readonly #windowMs: number;
  #counts: { at: number; count: number }[] = [];
  #since: number;

  constructor(now: number, windowMs = 3_000) {
    this.#windowMs = windowMs;
    this.#since = now;
  }

  add(now: number, count: number): void {
    const last = this.#counts.at(-1);
    // One entry a tenth of a second bounds the window however fast rows come.
    if (last !== undefined && now - last.at < 100) last.count += count;
    else this.#counts.push({ at: now, count });
  }

  rate(now: number): number {
    this.#counts = this.#counts.filter(({ at }) => at > now - this.#windowMs);
    const span = Math.min(this.#windowMs, Math.max(1_000, now - this.#since));
    return this.#counts.reduce((sum, { count }) => sum + count, 0) / (span / 1_000);
  }
}

/** Quantiles over the newest values of the last few seconds. */
export class LatencyWindow {
  readonly #windowMs: number;
  readonly #capacity: number;
  #values: { at: number; ms: number }[] = [];

  /** At most `capacity` values are kept: sorting more each second would cost more than it tells. */
  constructor(windowMs = 10_000, capacity = 4_000) {
    this.#windowMs = windowMs;
    this.#capacity = capacity;
  }

  add(now: number, ms: number): void {
    this.#values.push({ at: now, ms: Math.max(0, ms) });
    if (this.#values.length > 2 * this.#capacity)
      this.#values = this.#values.slice(-this.#capacity);
  }

  /** Values by nearest rank; null where there are none. */
  quantiles(now: number, ...ranks: readonly number[]): (number | null)[] {
    this.#values = this.#values
      .slice(-this.#capacity)
      .filter(({ at }) => at > now - this.#windowMs);
    const sorted = this.#values.map(({ ms }) => ms).sort((a, b) => a - b);
    return ranks.map(rank => sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null);
  }
}
