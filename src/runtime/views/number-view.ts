import type { StreamStatus } from '../../shared/stream-status.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { CurrentRows, type CurrentRowsOptions } from './current-rows.ts';
import { laterOf, toFinite, toFrame, type ViewModel } from './view-model.ts';

/** The course has at most one sample in this time, milliseconds; in a long window fewer. */
const MIN_SAMPLE_MS = 1_000;

interface Sample {
  readonly time: number;
  readonly value: number | null;
}

/**
 * One figure and its recent course. The figure is, of aggregated rows, the sum of the value column over all
 * keys, so for an aggregate without keys its one number; of single rows the newest value. Without a
 * value column it is the number of keys, or of rows so far.
 *
 * A sample stands at the time at which the kernel received its rows, one a second at most, and as many as
 * `limit` in the window; the last one is the figure now, and so is `sum` of a frame.
 */
export class NumberView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #keyed: boolean;
  readonly #rows: CurrentRows<number | null>;
  readonly #sampleMs: number;
  #samples: Sample[] = [];
  #sum = 0;
  /** Values behind the sum. */
  #count = 0;
  #newest: number | null = null;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec, options: CurrentRowsOptions) {
    this.#view = view;
    this.#keyed = options.keyed;
    this.#sampleMs = Math.max(MIN_SAMPLE_MS, (view.windowMs ?? 0) / view.limit);
    this.#rows = new CurrentRows<number | null>(options, {
      read: row => toFinite(row[view.values[0] ?? '']),
      add: value => this.#tally(value, 1),
      remove: value => this.#tally(value, -1)
    });
  }

  apply(rows: readonly ResultRow[]): void {
    const last = rows.at(-1);
    if (last === undefined) return;
    this.#rows.apply(rows);
    for (const { eventTime } of rows) this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
    this.#sample(last.receivedAt);
  }

  frame(status: StreamStatus): ViewFrame {
    return toFrame(this.#view, status, {
      rows: this.#samples.map(({ time, value }) => ({ time, value })),
      total: this.#rows.total,
      sum: this.#figure,
      dropped: this.#rows.dropped,
      eventTimeMax: this.#eventTimeMax
    });
  }

  get #figure(): number | null {
    if (this.#view.values.length === 0) return this.#rows.total;
    if (!this.#keyed) return this.#newest;
    return this.#count === 0 ? null : this.#sum;
  }

  #tally(value: number | null, sign: 1 | -1): void {
    if (value === null) return;
    this.#count += sign;
    this.#sum += sign * value;
    this.#newest = value;
  }

  /** Rows that come again are older than the last sample, and change it at most. */
  #sample(receivedAt: number): void {
    const last = this.#samples.at(-1);
    const time = Math.max(receivedAt, last?.time ?? receivedAt);
    const slot = (at: number): number => Math.floor(at / this.#sampleMs);
    if (last !== undefined && slot(last.time) === slot(time)) this.#samples.pop();
    this.#samples.push({ time, value: this.#figure });
    const from = time - (this.#view.windowMs ?? Infinity);
    this.#samples = this.#samples.filter(sample => sample.time >= from).slice(-this.#view.limit);
  }
}
