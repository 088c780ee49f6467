import { LINE_PADDING } from '../shared/vega/line.ts';
import { NUMBER_PADDING } from '../shared/vega/number.ts';
import type { ViewSpec } from '../shared/view.ts';

/** Pixels beside the plot of a chart. */
export interface PlotPadding {
  readonly left: number;
  readonly right: number;
}

/** Where the time axis of a view begins and ends within its picture; null for a view without one. */
export function plotPadding({ kind }: ViewSpec): PlotPadding | null {
  if (kind === 'line') return LINE_PADDING;
  return kind === 'number' ? NUMBER_PADDING : null;
}

/** The same for a picture that is shown so many times larger. */
export function enlargedPadding({ left, right }: PlotPadding, times: number): PlotPadding {
  return { left: left * times, right: right * times };
}

/** The part of a span that lies at `x`, pixels from the left edge of a picture of this width; 0 to 1. */
export function shareAt(x: number, width: number, { left, right }: PlotPadding): number {
  const plot = Math.max(1, width - left - right);
  return Math.min(1, Math.max(0, (x - left) / plot));
}
