import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { RecentKeys } from './recent-keys.ts';
import { laterOf, REPLAY_WINDOW, toFrame, type ViewModel } from './view-model.ts';

/** Tables of rows that are not aggregated: the newest first. */
export class NewestRowsView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #seen = new RecentKeys(REPLAY_WINDOW);
  /** Newest last. */
  #rows: Readonly<Record<string, Cell>>[] = [];
  #total = 0;
  /** Rows at the end of `#rows` that no frame has carried yet. */
  #unshown = 0;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec) {
    this.#view = view;
  }

  apply(rows: readonly ResultRow[]): void {
    for (const { key, row, eventTime } of rows) {
      this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
      if (row !== null && this.#seen.add(key)) this.#append(row);
    }
  }

  frame(status: StreamStatus): ViewFrame {
    this.#unshown = 0;
    return toFrame(this.#view, status, {
      rows: this.#rows.toReversed(),
      total: this.#total,
      sum: null,
      dropped: this.#dropped,
      eventTimeMax: this.#eventTimeMax
    });
  }

  #append(row: Readonly<Record<string, Cell>>): void {
    this.#total += 1;
    this.#unshown += 1;
    this.#rows.push(row);
    if (this.#rows.length > this.#view.limit) this.#rows.shift();
    if (this.#unshown > this.#view.limit) {
      this.#unshown -= 1;
      this.#dropped += 1;
    }
  }
}
