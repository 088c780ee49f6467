import type { StreamStatus } from '../../shared/stream-status.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { KeyedRows, MAX_KEYS } from './keyed-rows.ts';
import { toFrame, type ViewModel } from './view-model.ts';

/** Bars, and tables of aggregated rows: one row a key, the largest value first. */
export class KeyedView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #rows: KeyedRows;

  constructor(view: ViewSpec, maxKeys = MAX_KEYS) {
    this.#view = view;
    this.#rows = new KeyedRows(view.values[0], maxKeys);
  }

  apply(rows: readonly ResultRow[]): void {
    this.#rows.apply(rows);
  }

  frame(status: StreamStatus): ViewFrame {
    return toFrame(this.#view, status, {
      rows: this.#rows.top(this.#view.limit).map(({ row }) => row),
      total: this.#rows.size,
      sum: this.#rows.sum,
      dropped: this.#rows.dropped,
      eventTimeMax: this.#rows.eventTimeMax
    });
  }
}
