import type { ChartData, ChartRow } from '../shared/vega/input.ts';
import { ROWS_DATASET } from '../shared/vega/rows.ts';

/**
 * The data sets to replace: the rows always, as they are new as a rule; the small ones (key, labels, gaps)
 * only when they differ, because their marks would be built anew for nothing.
 */
export function replacements(
  shown: ChartData,
  next: ChartData
): (readonly [string, readonly ChartRow[]])[] {
  return Object.entries(next.sets).filter(
    ([name, rows]) => name === ROWS_DATASET || !sameRows(shown.sets[name] ?? [], rows)
  );
}

function sameRows(a: readonly ChartRow[], b: readonly ChartRow[]): boolean {
  return a.length === b.length && a.every((row, at) => sameRow(row, b[at] ?? {}));
}

function sameRow(a: ChartRow, b: ChartRow): boolean {
  return Object.entries(a).every(([name, value]) => {
    const other = b[name];
    return typeof value === 'object' ? String(value) === String(other) : value === other;
  });
}
