import { tableColumns } from '../shared/vega/rows.ts';
import type { ViewSpec } from '../shared/view.ts';

/** More text and bar marks than this are drawn faster on a canvas; below, each mark can be read aloud. */
const MAX_SVG_MARKS = 240;

/** With more views than this in sight each gets less time than it takes to lay out and paint marks one by one. */
const CROWD = 16;

export type ChartRenderer = 'svg' | 'canvas';

/**
 * SVG for few marks, canvas for many: without a graphics card a canvas is drawn on the page's own thread, so that
 * even the path of a long line is cheaper as SVG. A definition is drawn on a canvas, where a colour that comes out
 * of the data is a colour and nothing else; in SVG it could be an address. Among many views in sight a picture is drawn as cheaply as it can be: its table can be read aloud.
 */
export function rendererFor(view: ViewSpec, viewsInSight: number): ChartRenderer {
  if (viewsInSight > CROWD) return 'canvas';
  const marks = marksOf(view);
  return marks !== null && marks <= MAX_SVG_MARKS ? 'svg' : 'canvas';
}

/** The most marks that a view draws; null for a definition. A line is one mark, however many its points. */
function marksOf(view: ViewSpec): number | null {
  switch (view.kind) {
    case 'bars':
      return 3 * view.limit;
    case 'table':
      return (tableColumns(view).length + view.values.length) * view.limit;
    case 'number':
      return 3;
    case 'histogram':
    case 'heatmap':
      return 2 * view.limit;
    case 'line':
      return view.values.length;
    case 'vega-lite':
      return null;
  }
}
