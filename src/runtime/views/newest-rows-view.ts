import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { RecentKeys } from './recent-keys.ts';
import { laterOf, REPLAY_WINDOW, toFrame, type ViewModel } from './view-model.ts';

/** A page that is served slowly still gets a frame in this time, milliseconds. */
const WATCHED_MS = 2_500;

/** Tables of rows that are not aggregated: the newest first. */
export class NewestRowsView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #seen = new RecentKeys(REPLAY_WINDOW);
  /** Newest last. */
  #rows: Readonly<Record<string, Cell>>[] = [];
  #total = 0;
  /** Rows that no watched frame has carried yet, and when the first of them came, epoch milliseconds. */
  #unshown = 0;
  #unshownSince = 0;
  #newestAt = 0;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec) {
    this.#view = view;
  }

  apply(rows: readonly ResultRow[]): void {
    for (const { key, row, eventTime, receivedAt } of rows) {
      this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
      if (row !== null && this.#seen.add(key)) this.#append(row, receivedAt);
    }
  }

  frame(status: StreamStatus, watched = true): ViewFrame {
    if (watched) this.#countDropped();
    return toFrame(this.#view, status, {
      rows: this.#rows.toReversed(),
      total: this.#total,
      sum: null,
      dropped: this.#dropped,
      eventTimeMax: this.#eventTimeMax
    });
  }

  #append(row: Readonly<Record<string, Cell>>, receivedAt: number): void {
    if (this.#unshown === 0) this.#unshownSince = receivedAt;
    this.#newestAt = receivedAt;
    this.#total += 1;
    this.#unshown += 1;
    this.#rows.push(row);
    if (this.#rows.length > this.#view.limit) this.#rows.shift();
  }

  /** A burst is what came between two frames of a page; rows from a time without a page were nobody's to see. */
  #countDropped(): void {
    const isBurst = this.#newestAt - this.#unshownSince <= WATCHED_MS;
    if (isBurst) this.#dropped += Math.max(0, this.#unshown - this.#view.limit);
    this.#unshown = 0;
  }
}
