import type { ResultRow } from '../../runtime/streams/port.ts';
import type { Cell } from '../../shared/view.ts';

/** Rows that a view may still show, and some more. */
const CAPACITY = 6_000;

/** The newest rows of a stream whose rows are not aggregated, to find the key of one that is shown. */
export class RecentRows {
  #rows: ResultRow[] = [];

  add(rows: readonly ResultRow[]): void {
    this.#rows.push(...rows.slice(-CAPACITY));
    if (this.#rows.length > 2 * CAPACITY) this.#rows = this.#rows.slice(-CAPACITY);
  }

  /** The key of the newest row with these cells; null where none is known. */
  keyOf(cells: Readonly<Record<string, Cell>>): string | null {
    const wanted = Object.entries(cells);
    const found = this.#rows.findLast(
      ({ row }) => row !== null && wanted.every(([name, cell]) => (row[name] ?? null) === cell)
    );
    return found?.key ?? null;
  }
}
