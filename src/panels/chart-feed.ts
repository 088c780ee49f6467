import { changeset, type Changeset, type View } from 'vega';
import type { ChartData, ChartRow, Signal } from '../shared/vega/input.ts';
import { ROWS_DATASET } from '../shared/vega/rows.ts';

type Feedable = Pick<View, 'data' | 'change' | 'signal'>;

/** The types of Vega lack it: all rows that stay are looked at again. */
type ReflowingChange = Changeset & { reflow(): Changeset };

/**
 * Puts the next state of a picture into its view, which then has to run; gives back how many rows were
 * inserted. Rows stay in their places: the nth row of a data set becomes the next nth row. So Vega builds
 * no mark anew, which is most of what an update costs, and keeps nothing of it.
 */
export function feed(view: Feedable, shown: ChartData, next: ChartData): number {
  feedSignals(view, shown, next);
  let inserted = 0;
  for (const [name, rows] of replacements(shown, next)) {
    const held = view.data(name) as ChartRow[];
    const kept = Math.min(held.length, rows.length);
    for (let at = 0; at < kept; at += 1) Object.assign(held[at] ?? {}, rows[at]);
    const change = changeset().remove(held.slice(kept)).insert(rows.slice(kept));
    view.change(name, (change as ReflowingChange).reflow());
    inserted += rows.length - kept;
  }
  return inserted;
}

/** The same for a definition: its transforms see rows go and come, as they only know rows that stay as they are. */
export function feedAnew(view: Feedable, shown: ChartData, next: ChartData): number {
  feedSignals(view, shown, next);
  const rows = next.sets[ROWS_DATASET] ?? [];
  const change = changeset().remove(() => true);
  view.change(ROWS_DATASET, change.insert([...rows]));
  return rows.length;
}

function feedSignals(view: Feedable, shown: ChartData, next: ChartData): void {
  for (const [name, value] of Object.entries(next.signals))
    if (!sameValue(shown.signals[name], value)) view.signal(name, value);
}

/**
 * The data sets to change: the rows always, as they are new as a rule; the small ones (key, labels, gaps)
 * only when they differ.
 */
function replacements(
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
  return Object.entries(a).every(([name, value]) => sameValue(value, b[name]));
}

function sameValue(
  a: ChartRow[string] | Signal | undefined,
  b: ChartRow[string] | undefined
): boolean {
  return a === b || (typeof a === 'object' && a !== null && String(a) === String(b));
}
