import type { Cell } from '../shared/view.ts';

/** A span of time, epoch milliseconds. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What a chart draws next. */
export interface ChartInput {
  /** Rows of a frame, in display order. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** `ViewFrame.labels`. */
  readonly labels: Readonly<Record<string, string>>;
  /** What a time axis shows: the present window, or what a person has zoomed to; null for charts without one. */
  readonly span: TimeSpan | null;
  /** Times in which this page missed what happened; marked on a time axis. */
  readonly gaps: readonly TimeSpan[];
}
