import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, Column, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { CurrentRows, type CurrentRowsOptions } from './current-rows.ts';
import { GridSums } from './grid-sums.ts';
import { Ranking } from './ranking.ts';
import { topN } from './top-n.ts';
import { laterOf, toFrame, toNumber, type ViewModel } from './view-model.ts';

/** Cells that are kept, shown or not. */
const MAX_CELLS = 50_000;

interface Part {
  readonly across: string;
  readonly down: string;
  readonly value: number;
}

/**
 * Sums of the value column by two others, as a grid. A frame has the columns and rows of it that are largest
 * by sum, about as many across as down and at most `limit` cells; of a time across the newest. It holds the
 * whole grid, column by column, in the order in which it is to be drawn; a cell without rows is null.
 * Numbers and times stand in their own order, names by size; a rank changes only when it is clear.
 */
export class HeatmapView implements ViewModel {
  readonly #view: ViewSpec;
  readonly #sums = new GridSums();
  readonly #rows: CurrentRows<Part>;
  readonly #across: Axis;
  readonly #down: Axis;
  #dropped = 0;
  #eventTimeMax: number | null = null;

  constructor(view: ViewSpec, options: CurrentRowsOptions) {
    this.#view = view;
    this.#across = new Axis(columnOf(view, view.category));
    this.#down = new Axis(columnOf(view, view.series));
    this.#rows = new CurrentRows<Part>(options, {
      read: row => ({
        across: this.#across.nameOf(row),
        down: this.#down.nameOf(row),
        value: toNumber(row[view.values[0] ?? ''])
      }),
      add: part => this.#add(part),
      remove: ({ across, down, value }) => this.#sums.change(across, down, value, -1)
    });
  }

  apply(rows: readonly ResultRow[]): void {
    this.#rows.apply(rows);
    for (const { eventTime } of rows) this.#eventTimeMax = laterOf(this.#eventTimeMax, eventTime);
  }

  frame(status: StreamStatus): ViewFrame {
    return toFrame(this.#view, status, {
      rows: this.#grid(),
      total: this.#rows.total,
      sum: null,
      dropped: this.#dropped + this.#rows.dropped,
      eventTimeMax: this.#eventTimeMax
    });
  }

  /** The cells of aggregated rows are as many as their keys at most, which are bounded. */
  #add({ across, down, value }: Part): void {
    const known = this.#sums.cell(across, down) !== null;
    if (known || this.#sums.size < MAX_CELLS) this.#sums.change(across, down, value, 1);
    else this.#dropped += 1;
  }

  #grid(): Record<string, Cell>[] {
    const { category, series, values, limit } = this.#view;
    const [width, height] = gridSize(this.#sums.across.size, this.#sums.down.size, limit);
    const columns = this.#across.shown(this.#sums.across, width);
    const rows = this.#down.shown(this.#sums.down, height);
    return columns.flatMap(across =>
      rows.map(down => ({
        [category ?? '']: this.#across.cellOf(across),
        [series ?? '']: this.#down.cellOf(down),
        [values[0] ?? '']: this.#sums.cell(across, down)
      }))
    );
  }
}

/** One of the two directions. */
class Axis {
  readonly #column: Column;
  readonly #ranking = new Ranking();

  constructor(column: Column) {
    this.#column = column;
  }

  /** Cells of one column have one type, so that their JSON tells them apart and brings them back. */
  nameOf(row: Readonly<Record<string, Cell>>): string {
    return JSON.stringify(row[this.#column.name] ?? null);
  }

  cellOf(name: string): Cell {
    const cell: unknown = JSON.parse(name);
    return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
      ? cell
      : null;
  }

  /** What is shown of it, in order. */
  shown(sums: ReadonlyMap<string, number>, size: number): readonly string[] {
    if (this.#column.type === 'time') return newest(sums.keys(), size);
    const ranked = this.#ranking.rank(sums, size);
    return this.#column.type === 'text' ? ranked : ranked.toSorted(byNumber);
  }
}

/** The last times, in their order; rows without a time have no place. */
function newest(names: Iterable<string>, size: number): readonly string[] {
  const times = Array.from(names, Number).filter(Number.isFinite);
  return topN(times, size, (left, right) => right - left)
    .reverse()
    .map(time => JSON.stringify(time));
}

/** Names of numbers are their digits. */
function byNumber(left: string, right: string): number {
  return toNumber(Number(left)) - toNumber(Number(right));
}

function columnOf(view: ViewSpec, name: string | null): Column {
  return view.columns.find(column => column.name === name) ?? { name: name ?? '', type: 'text' };
}

/** A square, or up to twice as wide where it is not high. */
function gridSize(across: number, down: number, limit: number): readonly [number, number] {
  const side = Math.max(1, Math.floor(Math.sqrt(limit)));
  const wide = Math.min(2 * side, Math.floor(limit / Math.max(1, down)));
  const width = Math.min(across, Math.max(side, wide));
  return [width, Math.min(down, Math.floor(limit / Math.max(1, width)))];
}
