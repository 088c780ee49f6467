import type { TimeSpan } from './chart-input.ts';

/** The narrowest span that can be looked into, milliseconds. */
const MIN_SPAN_MS = 100;

/**
 * The part of a time axis that a person has chosen to look at. It lies outside of the chart, so that it
 * survives whatever the chart goes through. Without a choice the axis follows the present.
 */
export class Zoom {
  #span: TimeSpan | null = null;

  /** The chosen span; null while the axis follows the present. */
  get span(): TimeSpan | null {
    return this.#span;
  }

  /** Looks into a span, whichever end comes first. */
  choose(from: number, to: number): void {
    const [start, end] = from <= to ? [from, to] : [to, from];
    const missing = Math.max(0, MIN_SPAN_MS - (end - start)) / 2;
    this.#span = { from: start - missing, to: end + missing };
  }

  /** Makes `shown` larger (factor above 1) or smaller around a point of it; 0 is its left end, 1 its right. */
  scale(shown: TimeSpan, factor: number, around = 0.5): void {
    const length = shown.to - shown.from;
    const next = Math.max(MIN_SPAN_MS, length * factor);
    const from = shown.from + (length - next) * around;
    this.#span = { from, to: from + next };
  }

  /** Moves `shown` by a share of its length; later for positive ones. */
  pan(shown: TimeSpan, share: number): void {
    const by = (shown.to - shown.from) * share;
    this.#span = { from: shown.from + by, to: shown.to + by };
  }

  reset(): void {
    this.#span = null;
  }
}
