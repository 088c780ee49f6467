import type { MimeBundle } from '../../magics/contract.ts';
import { escapeHtml } from '../../magics/output/format.ts';
import { tableBundle } from '../../magics/output/table.ts';
import { formatCell, formatNumber } from '../../shared/vega/format.ts';
import { frameRows, type ViewFrame, type ViewSpec } from '../../shared/view.ts';
import { statusLine } from './status-line.ts';

/** Rows of a view as text; more would push the next cell off the screen. */
const TEXT_ROWS = 20;

/** A state of a view for clients without live frames: `text/plain` and `text/html`. */
export function textBundle(view: ViewSpec, frame: ViewFrame): MimeBundle {
  const rows = frameRows(view, frame).slice(0, TEXT_ROWS);
  const table = tableBundle({
    columns: view.columns.map(({ name, type }) => ({ name, numeric: type === 'number' })),
    rows: rows.map(row =>
      view.columns.map(({ name, type }) => formatCell(row[name] ?? null, type))
    ),
    ...(rows.length < frame.total
      ? { note: `${rows.length} of ${formatNumber(frame.total)} shown.` }
      : {})
  });
  const line = statusLine(view, frame);
  return {
    'text/plain': `${line}\n${String(table['text/plain'])}`,
    'text/html': `<p>${escapeHtml(line)}</p>\n${String(table['text/html'])}`
  };
}
