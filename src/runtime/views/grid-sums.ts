/** Sums that exist as long as something was added to them. */
class Sums {
  readonly totals = new Map<string, number>();
  readonly #uses = new Map<string, number>();

  change(name: string, value: number, by: 1 | -1): void {
    const uses = (this.#uses.get(name) ?? 0) + by;
    if (uses === 0) {
      this.#uses.delete(name);
      this.totals.delete(name);
      return;
    }
    this.#uses.set(name, uses);
    this.totals.set(name, (this.totals.get(name) ?? 0) + by * value);
  }
}

/** Sums of a grid: of each cell that something was added to, of each column, of each row. */
export class GridSums {
  readonly #across = new Sums();
  readonly #down = new Sums();
  readonly #cells = new Map<string, Sums>();
  #size = 0;

  /** Cells that something was added to. */
  get size(): number {
    return this.#size;
  }

  get across(): ReadonlyMap<string, number> {
    return this.#across.totals;
  }

  get down(): ReadonlyMap<string, number> {
    return this.#down.totals;
  }

  cell(across: string, down: string): number | null {
    return this.#cells.get(across)?.totals.get(down) ?? null;
  }

  /** Adds a value to a cell, or with `by` -1 takes back what was added. */
  change(across: string, down: string, value: number, by: 1 | -1): void {
    const column = this.#cells.get(across) ?? new Sums();
    const before = column.totals.size;
    column.change(down, value, by);
    this.#size += column.totals.size - before;
    if (column.totals.size === 0) this.#cells.delete(across);
    else this.#cells.set(across, column);
    this.#across.change(across, value, by);
    this.#down.change(down, value, by);
  }
}
