import type { Cell, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';
import { SeriesSlots, seriesName, SLOT_COLUMNS } from './series-slots.ts';
import type { Values } from './time-buckets.ts';
import { toFinite, toNumber } from './view-model.ts';

type Row = Readonly<Record<string, Cell>>;

/** How the rows of a stream become the numbers of the lines of a view. */
export interface LineValues {
  /** Columns of a frame, one a line. */
  readonly columns: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Lines that have no place. */
  readonly dropped: number;
  /** Is shown rows before they are read. */
  prepare(rows: readonly ResultRow[]): void;
  /** Numbers in the order of `columns`; null for a row whose line has no place. */
  valuesOf(row: Row): Values | null;
}

/** One line a value column, or one a value of the column `series`. */
export function lineValues(view: ViewSpec): LineValues {
  return view.series === null ? new ColumnValues(view.values) : new SeriesValues(view, view.series);
}

class ColumnValues implements LineValues {
  readonly labels = {};
  readonly dropped = 0;

  constructor(readonly columns: readonly string[]) {}

  prepare(): void {
    // Columns are known beforehand.
  }

  valuesOf(row: Row): Values {
    return this.columns.map(name => toFinite(row[name]));
  }
}

class SeriesValues implements LineValues {
  readonly columns = SLOT_COLUMNS;
  readonly #slots = new SeriesSlots();
  readonly #series: string;
  readonly #value: string;

  constructor(view: ViewSpec, series: string) {
    this.#series = series;
    this.#value = view.measured ?? '';
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#slots.labels;
  }

  get dropped(): number {
    return this.#slots.dropped;
  }

  prepare(rows: readonly ResultRow[]): void {
    const sums = new Map<string, number>();
    for (const { row } of rows) {
      if (row === null) continue;
      const name = seriesName(row[this.#series]);
      sums.set(name, (sums.get(name) ?? 0) + toNumber(row[this.#value]));
    }
    this.#slots.assign(sums);
  }

  valuesOf(row: Row): Values | null {
    const slot = this.#slots.slotOf(seriesName(row[this.#series]));
    if (slot === undefined) return null;
    return [...Array.from({ length: slot }, () => null), toFinite(row[this.#value])];
  }
}
