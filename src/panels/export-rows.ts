import type { Cell, ViewFrame, ViewSpec } from '../shared/view.ts';
import { frameRows } from '../shared/view.ts';

/** Spreadsheets take a text that begins so for a formula, and records are written by strangers. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?[\d.,]+$/;

/** Rows of a frame as CSV (RFC 4180): labels as heads, times in ISO 8601 and UTC. */
export function rowsAsCsv(view: ViewSpec, frame: ViewFrame): string {
  const columns = shownColumns(view, frame);
  const heads = columns.map(({ name }) => csvField(frame.labels[name] ?? name));
  const lines = frameRows(view, frame).map(row =>
    columns.map(({ name, type }) => csvField(cellText(row[name] ?? null, type))).join(',')
  );
  return `${[heads.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Rows of a frame as a JSON array of objects; times as ISO 8601 in UTC. */
export function rowsAsJson(view: ViewSpec, frame: ViewFrame): string {
  const columns = shownColumns(view, frame);
  const rows = frameRows(view, frame).map(row =>
    Object.fromEntries(
      columns.map(({ name, type }) => {
        const cell = row[name] ?? null;
        const isTime = type === 'time' && typeof cell === 'number';
        return [frame.labels[name] ?? name, isTime ? cellText(cell, type) : cell];
      })
    )
  );
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** The columns that hold something: slots of a line that no series has taken are left out. */
export function shownColumns(view: ViewSpec, frame: ViewFrame): ViewSpec['columns'] {
  if (view.kind !== 'line' || view.series === null) return view.columns;
  return view.columns.filter(({ name }) => name === view.category || name in frame.labels);
}

/** `words-2026-11-23-140211.csv`: letters, digits and dashes, whatever the title is. */
export function fileName(title: string, at: number, ending: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const time = new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `${slug === '' ? 'view' : slug}-${time}.${ending}`;
}

function cellText(cell: Cell, type: ViewSpec['columns'][number]['type']): string {
  if (cell === null) return '';
  if (type !== 'time' || typeof cell !== 'number') return String(cell);
  const time = new Date(cell);
  return Number.isNaN(time.getTime()) ? String(cell) : time.toISOString();
}

function csvField(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
