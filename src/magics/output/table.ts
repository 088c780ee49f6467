import type { MimeBundle } from '../contract.ts';
import { escapeHtml } from './format.ts';

/** Longest text shown of one value in `text/plain`, where a wide column would break every line. */
const MAX_PLAIN_WIDTH = 80;

export interface TableColumn {
  readonly name: string;
  /** Numbers stand at the right edge, digit below digit. */
  readonly numeric?: boolean;
  /** Short words that stay in one line, however narrow the page is. */
  readonly short?: boolean;
  /** Names such as ARNs, which may break anywhere, so that a table is no wider than its page. */
  readonly long?: boolean;
  /** Left out where it has no value in any row. */
  readonly optional?: boolean;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  /** Values already as text, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** The sums of the rows, below a line. */
  readonly total?: readonly string[];
  /** One sentence below the rows, such as a limit that was reached. */
  readonly note?: string;
}

/** The table as plain text and as HTML with every value escaped. */
export function tableBundle(table: Table): MimeBundle {
  const shown = withoutEmpty(table);
  return { 'text/plain': plainTable(shown), 'text/html': htmlTable(shown) };
}

function withoutEmpty({ columns, rows, total, ...rest }: Table): Table {
  const kept = columns.map(
    ({ optional = false }, index) => !optional || rows.some(row => (row[index] ?? '') !== '')
  );
  const of = <Value>(values: readonly Value[]): readonly Value[] =>
    values.filter((_, index) => kept[index] === true);
  return {
    ...rest,
    columns: of(columns),
    rows: rows.map(of),
    ...(total === undefined ? {} : { total: of(total) })
  };
}

function plainTable({ columns, rows, total, note }: Table): string {
  const texts = [...rows, ...(total === undefined ? [] : [total])].map(row => row.map(clip));
  const widths = columns.map((column, index) =>
    Math.max(column.name.length, ...texts.map(row => (row[index] ?? '').length))
  );
  const line = (cells: readonly string[]): string =>
    columns.map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column)).join('  ');
  const rule = widths.map(width => '-'.repeat(width)).join('  ');
  const lines = texts.map(line);
  return [
    line(columns.map(column => column.name)),
    rule,
    ...lines.slice(0, rows.length),
    ...(total === undefined ? [] : [rule, ...lines.slice(rows.length)])
  ]
    .map(text => text.trimEnd())
    .concat(note ?? [])
    .join('\n');
}

function pad(text: string, width: number, column: TableColumn): string {
  return column.numeric === true ? text.padStart(width) : text.padEnd(width);
}

function clip(text: string): string {
  const oneLine = text.replace(/\s*\n\s*/g, ' ');
  return oneLine.length > MAX_PLAIN_WIDTH ? `${oneLine.slice(0, MAX_PLAIN_WIDTH - 1)}…` : oneLine;
}

function htmlTable({ columns, rows, total, note }: Table): string {
  const row = (tag: 'th' | 'td', cells: readonly string[], more = ''): string =>
    `<tr>${cells
      .map((text, index) => {
        const style = styleOf(tag, columns[index]);
        return `<${tag} style="${style}${more}">${escapeHtml(text)}</${tag}>`;
      })
      .join('')}</tr>`;
  const head = row(
    'th',
    columns.map(column => column.name)
  );
  const body = rows.map(cells => row('td', cells)).join('\n');
  const foot =
    total === undefined
      ? ''
      : `\n<tfoot>${row('td', total, '; font-weight: bold; border-top: 1px solid')}</tfoot>`;
  const below = note === undefined ? '' : `\n<p>${escapeHtml(note)}</p>`;
  return literalHtml(
    `<table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>${foot}\n</table>${below}`
  );
}

function styleOf(
  tag: 'th' | 'td',
  { numeric = false, short = false, long = false }: TableColumn = { name: '' }
): string {
  return [
    `text-align: ${numeric ? 'right' : 'left'}`,
    ...((numeric || short) && tag === 'td' ? ['white-space: nowrap'] : []),
    ...(long ? ['overflow-wrap: anywhere'] : []),
    ...(numeric && tag === 'td' ? ['font-variant-numeric: tabular-nums'] : [])
  ].join('; ');
}

/**
 * HTML in which a dollar sign is one: notebooks take text between two of them for mathematics.
 * https://docs.mathjax.org/en/latest/options/document.html
 */
export function literalHtml(html: string): string {
  return `<div class="mathjax_ignore tex2jax_ignore">\n${html}\n</div>`;
}
