import { tableColumns } from '../shared/vega/rows.ts';
import type { ViewSpec } from '../shared/view.ts';

/** More text and bar marks than this are drawn faster on a canvas; below, each mark can be read aloud. */
const MAX_SVG_MARKS = 240;

/**
 * SVG for few marks, canvas for many: without a graphics card a canvas is drawn on the page's own thread, so that
 * even the path of a long line is cheaper as SVG. A definition is drawn on a canvas, where a colour that comes out
 * of the data is a colour and nothing else; in SVG it could be an address.
 */
export function rendererFor(view: ViewSpec): 'svg' | 'canvas' {
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
