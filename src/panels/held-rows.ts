/** A state of the rows, and how many result rows were behind it. */
export interface RowsState<T> {
  readonly rows: T;
  readonly count: number;
}

/**
 * Keeps rows where they are while somebody reads them: who has scrolled, selected text or stands in a
 * cell does not want it to move. What came meanwhile is counted.
 */
export class HeldRows<T> {
  readonly #reasons = new Set<string>();
  #shown: RowsState<T> | null = null;
  #newest: RowsState<T> | null = null;

  /** The rows to show; null before the first ones. */
  get shown(): T | null {
    return this.#shown?.rows ?? null;
  }

  /** Result rows that wait, or 1 where rows changed without new ones; 0 while nothing waits. */
  get waiting(): number {
    if (this.#newest === this.#shown) return 0;
    return Math.max(1, (this.#newest?.count ?? 0) - (this.#shown?.count ?? 0));
  }

  offer(state: RowsState<T>): void {
    this.#newest = state;
    if (this.#reasons.size === 0 || this.#shown === null) this.#shown = state;
  }

  /** A reason to hold comes or goes. Rows go on with the next state, or with `release`. */
  hold(reason: string, holds: boolean): void {
    if (holds) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.#reasons.size === 0) this.#shown = this.#newest;
  }

  /** Shows the newest rows now, whatever the reasons. */
  release(): void {
    this.#reasons.clear();
    this.#shown = this.#newest;
  }
}
