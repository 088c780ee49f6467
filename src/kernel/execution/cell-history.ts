/** Cells kept in memory; a client asks for a few hundred at most. */
const MAX_CELLS = 1_000;
/** The kernel keeps no history over restarts, so there is one session only. */
const SESSION = 1;

/** A cell that was executed. `output` is the plain text of its value. */
interface HistoryCell {
  readonly line: number;
  readonly input: string;
  readonly output: string | null;
}

/** One line of a `history_reply`. */
export type HistoryEntry = readonly [number, number, string | readonly [string, string | null]];

/** Numbers the cells of this kernel and remembers the last of them. */
export class CellHistory {
  #count = 0;
  #cells: HistoryCell[] = [];

  /** The number of the last stored cell, 0 before the first. */
  get count(): number {
    return this.#count;
  }

  /** Takes the number of a cell that is to be stored. */
  advance(): number {
    this.#count += 1;
    return this.#count;
  }

  record(line: number, input: string, output: string | null): void {
    this.#cells.push({ line, input, output });
    if (this.#cells.length > MAX_CELLS) this.#cells.shift();
  }

  /** The last `n` cells, oldest first. */
  tail(n: number, withOutput: boolean): HistoryEntry[] {
    return lastOf(this.#cells, n).map(cell => entry(cell, withOutput));
  }

  /** Cells `start` to `stop` (left out) of a session; 0 is the present one. */
  range(session: number, start: number, stop: number | null, withOutput: boolean): HistoryEntry[] {
    if (session !== 0 && session !== SESSION) return [];
    return this.#cells
      .filter(cell => cell.line >= start && cell.line < (stop ?? Infinity))
      .map(cell => entry(cell, withOutput));
  }

  /** The last `n` cells that match a pattern with `*` and `?`; `unique` keeps the newest of equal cells. */
  search(pattern: string, n: number, unique: boolean, withOutput: boolean): HistoryEntry[] {
    const expression = globToRegExp(pattern);
    const found = this.#cells.filter(cell => expression.test(cell.input));
    const kept = unique ? [...new Map(found.map(cell => [cell.input, cell])).values()] : found;
    return lastOf(kept, n).map(cell => entry(cell, withOutput));
  }
}

function lastOf<T>(items: readonly T[], n: number): readonly T[] {
  return n <= 0 ? [] : items.slice(-n);
}

function entry(cell: HistoryCell, withOutput: boolean): HistoryEntry {
  return [SESSION, cell.line, withOutput ? [cell.input, cell.output] : cell.input];
}

function globToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}
