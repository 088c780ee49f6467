import type { MimeBundle } from '../../magics/contract.ts';
import { escapeHtml } from '../../magics/output/format.ts';
import { tableBundle } from '../../magics/output/table.ts';
import { formatCell, formatNumber } from '../../shared/vega/format.ts';
import { frameRows, type Column, type ViewFrame, type ViewSpec } from '../../shared/view.ts';
import { statusLine } from './status-line.ts';

/** Rows of a view as text; more would push the next cell off the screen. */
const TEXT_ROWS = 20;

/**
 * A state of a view for clients without live frames: `text/plain` and `text/html`. A saved one carries its
 * stamp. Of a course the newest rows are shown, of anything else the first.
 */
export function textBundle(view: ViewSpec, frame: ViewFrame, stamp = ''): MimeBundle {
  const all = frameRows(view, frame);
  const newest = view.kind === 'line' || view.kind === 'number';
  const rows = newest ? all.slice(-TEXT_ROWS) : all.slice(0, TEXT_ROWS);
  const columns = shownColumns(view, frame);
  const table = tableBundle({
    columns: columns.map(({ name, type }) => ({
      name: frame.labels[name] ?? name,
      numeric: type === 'number'
    })),
    rows: rows.map(row => columns.map(({ name, type }) => formatCell(row[name] ?? null, type))),
    ...(rows.length < frame.total
      ? { note: `${rows.length} of ${formatNumber(frame.total)} shown.` }
      : {})
  });
  const lines = [statusLine(view, frame), ...(stamp === '' ? [] : [stamp])];
  return {
    'text/plain': `${lines.join('\n')}\n${String(table['text/plain'])}`,
    'text/html': `<p>${lines.map(escapeHtml).join('<br>')}</p>\n${String(table['text/html'])}`
  };
}

/** All columns but the slots of a line that no series has. */
function shownColumns(view: ViewSpec, frame: ViewFrame): readonly Column[] {
  if (view.kind !== 'line' || view.series === null) return view.columns;
  return view.columns.filter(({ name }) => name === view.category || name in frame.labels);
}
