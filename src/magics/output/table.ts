import type { MimeBundle } from '../contract.ts';
import { escapeHtml } from './format.ts';

/** Longest text shown of one value in `text/plain`, where a wide column would break every line. */
const MAX_PLAIN_WIDTH = 80;

export interface TableColumn {
  readonly name: string;
  /** Numbers stand at the right edge. */
  readonly numeric?: boolean;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  /** Values already as text, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** One sentence below the rows, such as a limit that was reached. */
  readonly note?: string;
}

/** The table as plain text and as HTML with every value escaped. */
export function tableBundle(table: Table): MimeBundle {
  return { 'text/plain': plainTable(table), 'text/html': htmlTable(table) };
}

function plainTable({ columns, rows, note }: Table): string {
  const texts = rows.map(row => row.map(clip));
  const widths = columns.map((column, index) =>
    Math.max(column.name.length, ...texts.map(row => (row[index] ?? '').length))
  );
  const line = (cells: readonly string[]): string =>
    columns.map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column)).join('  ');
  const lines = [
    line(columns.map(column => column.name)),
    widths.map(width => '-'.repeat(width)).join('  '),
    ...texts.map(line)
  ];
  return [...lines.map(text => text.trimEnd()), ...(note === undefined ? [] : [note])].join('\n');
}

function pad(text: string, width: number, column: TableColumn): string {
  return column.numeric === true ? text.padStart(width) : text.padEnd(width);
}

function clip(text: string): string {
  const oneLine = text.replace(/\s*\n\s*/g, ' ');
  return oneLine.length > MAX_PLAIN_WIDTH ? `${oneLine.slice(0, MAX_PLAIN_WIDTH - 1)}…` : oneLine;
}

function htmlTable({ columns, rows, note }: Table): string {
  const cell = (tag: string, text: string, index: number): string => {
    const side = columns[index]?.numeric === true ? 'right' : 'left';
    return `<${tag} style="text-align: ${side}">${escapeHtml(text)}</${tag}>`;
  };
  const row = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((text, index) => cell(tag, text, index)).join('')}</tr>`;
  const head = row(
    'th',
    columns.map(column => column.name)
  );
  const body = rows.map(cells => row('td', cells)).join('\n');
  const below = note === undefined ? '' : `\n<p>${escapeHtml(note)}</p>`;
  return `<table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table>${below}`;
}
