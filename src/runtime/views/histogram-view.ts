import type { StreamStatus } from '../../shared/stream-status.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { BinCounts } from './bin-counts.ts';
import { CurrentRows, type CurrentRowsOptions } from './current-rows.ts';
import { laterOf, toFinite, toFrame, type ViewModel } from './view-model.ts';

/**
 * How the numbers of one column are spread: bins of a round width, at most `limit` of them, from the smallest
 * number to the largest. A row that replaces another leaves its old bin. Rows without a number are
 * counted as dropped.
 */
export class HistogramView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #bins = new BinCounts();
  readonly #rows: CurrentRows<number | null>;
  /** Rows that count now and have no number. */
  #without = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec, options: CurrentRowsOptions) {
    this.#view = view;
    this.#rows = new CurrentRows<number | null>(options, {
      read: row => toFinite(row[view.category ?? '']),
      add: value => {
        if (value === null) this.#without += 1;
        else this.#bins.add(value);
      },
      remove: value => {
        if (value === null) this.#without -= 1;
        else this.#bins.remove(value);
      }
    });
  }

  apply(rows: readonly ResultRow[]): void {
    this.#rows.apply(rows);
    for (const { eventTime } of rows) this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
  }

  frame(status: StreamStatus): ViewFrame {
    return toFrame(this.#view, status, {
      rows: this.#bins.bins(this.#view.limit).map(({ from, to, n }) => ({ from, to, n })),
      total: this.#rows.total - this.#without,
      sum: null,
      dropped: this.#rows.dropped + this.#without,
      eventTimeMax: this.#eventTimeMax
    });
  }
}
