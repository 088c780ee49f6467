import { frameRows, type ViewFrame, type ViewSpec } from '../shared/view.ts';
import type { TimeSpan } from './chart-input.ts';

/** Column with the time of a view that has a time axis; null for others. */
export function timeColumn(view: ViewSpec): string | null {
  const name = view.kind === 'line' ? view.category : view.kind === 'number' ? 'time' : null;
  const column = view.columns.find(one => one.name === name);
  return column?.type === 'time' ? column.name : null;
}

/**
 * What a time axis shows without a zoom: the window up to `at` for a view with a window, else null, which
 * leaves it to the rows.
 */
export function followingSpan(view: ViewSpec, at: number): TimeSpan | null {
  if (timeColumn(view) === null || view.windowMs === null) return null;
  return { from: at - view.windowMs, to: at };
}

/** The span that the rows of a frame cover; null where there is none. */
export function coveredSpan(view: ViewSpec, frame: ViewFrame): TimeSpan | null {
  const column = timeColumn(view);
  if (column === null) return null;
  const times = frameRows(view, frame)
    .map(row => row[column])
    .filter(time => typeof time === 'number');
  const from = Math.min(...times);
  const to = Math.max(...times);
  return to > from ? { from, to } : null;
}
