import { stampLine } from '../vega/stamp.ts';
import { vegaLiteSpec } from '../vega/spec.ts';
import { LIGHT_THEME } from '../vega/theme.ts';
import { frameRows, type ViewSnapshot } from '../view.ts';

/** Rows of a table in its picture: more cannot be read there, and make the picture too large to be kept. */
const PICTURED_ROWS = 20;

export interface SavedChartOptions {
  /** The font to draw with where it is not that of the theme. */
  readonly font?: string;
  /** Whether who draws knows the widths of texts. */
  readonly measuresText?: boolean;
}

/** The picture of a snapshot as others draw it: light, with its title and stamp, and as high as its rows need. */
export function savedChart(
  snapshot: ViewSnapshot,
  { font, measuresText = true }: SavedChartOptions = {}
): Record<string, unknown> {
  const { view, frame } = snapshot;
  const rows = frameRows(view, frame);
  const most = view.kind === 'table' ? Math.min(view.limit, PICTURED_ROWS) : view.limit;
  const filled = { ...view, limit: Math.max(1, Math.min(most, rows.length)) };
  return vegaLiteSpec(filled, {
    theme: font === undefined ? LIGHT_THEME : { ...LIGHT_THEME, font },
    rows,
    labels: frame.labels,
    title: view.title,
    stamp: stampLine(snapshot),
    measuresText
  });
}
