import { edgeOf, widerStep, type Step } from './nice-step.ts';

/** Bins with values that are kept; far more than are shown, so that shown ones can be made of them. */
const MAX_BINS = 4_096;
/** Decimal digits that the finest bins tell apart, and the most that a whole number in a double has. */
const START_DIGITS = 12;
const MAX_DIGITS = 14;
/** Digits of a number that count; a sixteenth is as often noise of the arithmetic as it is meant. */
const VALUE_DIGITS = 15;
/** Numbers so near to zero count as zero: what they would be multiplied by does not fit into a double. */
const SMALLEST = 1e-290;
/** How fine a bin is shown when all values are in one, in digits below that of the value. */
const SINGLE_DIGITS = 1;

/** Values from `from` up to but without `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/**
 * Counts numbers in bins that begin at multiples of a power of ten. As their range grows the bins are
 * merged by tens, never split, so that no count is lost however many numbers come.
 */
export class BinCounts {
  #counts = new Map<number, number>();
  /** Null before the first number. */
  #exponent: number | null = null;
  #whole = true;

  add(value: number): void {
    this.#whole &&= Number.isInteger(value);
    while (digitsOf(value) - this.#exponentFor(value) > MAX_DIGITS) this.#merge();
    this.#change(value, 1);
    while (this.#counts.size > MAX_BINS) this.#merge();
  }

  /** Takes back a number that was added. */
  remove(value: number): void {
    this.#change(value, -1);
  }

  /**
   * The counts in at most `limit` bins of one round width, from the smallest value to the largest without
   * gaps. Below two bins there are two, where values lie on both sides of zero.
   */
  bins(limit: number): Bin[] {
    const indexes = [...this.#counts.keys()];
    if (this.#exponent === null || indexes.length === 0) return [];
    const low = indexes.reduce((left, right) => Math.min(left, right));
    const high = indexes.reduce((left, right) => Math.max(left, right));
    const base = this.#exponent;
    let step = this.#finestStep(base, low, high);
    while (span(step, base, low, high) > Math.max(2, limit)) step = widerStep(step);
    return this.#gather(step, base, low, high);
  }

  #exponentFor(value: number): number {
    this.#exponent ??= digitsOf(value) - START_DIGITS;
    return this.#exponent;
  }

  #change(value: number, by: number): void {
    const index = indexOf(value, this.#exponentFor(value));
    const count = (this.#counts.get(index) ?? 0) + by;
    if (count === 0) this.#counts.delete(index);
    else this.#counts.set(index, count);
  }

  #merge(): void {
    const merged = new Map<number, number>();
    for (const [index, count] of this.#counts) {
      const wider = Math.floor(index / 10);
      merged.set(wider, (merged.get(wider) ?? 0) + count);
    }
    this.#counts = merged;
    this.#exponent = (this.#exponent ?? 0) + 1;
  }

  /** Whole numbers are not shown in fractions; a single value not in a bin as fine as its last digit. */
  #finestStep(base: number, low: number, high: number): Step {
    const value = edgeOf({ multiple: 1, exponent: base }, Math.max(Math.abs(low), Math.abs(high)));
    const single = low === high && low !== 0 ? digitsOf(value) - 1 - SINGLE_DIGITS : base;
    return { multiple: 1, exponent: Math.max(base, single, this.#whole ? 0 : base) };
  }

  #gather(step: Step, base: number, low: number, high: number): Bin[] {
    const first = regrouped(low, step, base);
    const bins = Array.from({ length: regrouped(high, step, base) - first + 1 }, () => 0);
    for (const [index, count] of this.#counts) {
      const at = regrouped(index, step, base) - first;
      bins[at] = (bins[at] ?? 0) + count;
    }
    return bins.map((n, at) => ({
      from: edgeOf(step, first + at),
      to: edgeOf(step, first + at + 1),
      n
    }));
  }
}

/** Digits in front of the point: 3 for 250, 0 for 0.25, -1 for 0.025. */
function digitsOf(value: number): number {
  return Math.abs(value) < SMALLEST ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
}

/**
 * The bin of width `10^exponent` that holds a value. By whole numbers, so that it makes no difference whether
 * the bin was merged of finer ones, and 0.3 is not below the edge 0.3.
 */
function indexOf(value: number, exponent: number): number {
  if (Math.abs(value) < SMALLEST) return 0;
  const ownExponent = digitsOf(value) - VALUE_DIGITS;
  const digits = Math.round(
    ownExponent < 0 ? value * 10 ** -ownExponent : value / 10 ** ownExponent
  );
  const index = Math.floor(digits / 10 ** (exponent - ownExponent));
  return index === 0 && digits < 0 ? -1 : index;
}

/** The index of a bin of width `step` that holds a bin of width `10^base`. */
function regrouped(index: number, { multiple, exponent }: Step, base: number): number {
  return Math.floor(index / (multiple * 10 ** (exponent - base)));
}

function span(step: Step, base: number, low: number, high: number): number {
  return regrouped(high, step, base) - regrouped(low, step, base) + 1;
}
