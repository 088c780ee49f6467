import type { Distribution } from '../percentiles.ts';

/** Rows of cells; the first row is the heading. */
export type Table = readonly (readonly string[])[];

/** Lines of a table: the first column to the left, the others to the right. */
export function aligned(table: Table): string[] {
  const columns = Math.max(...table.map(row => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...table.map(row => row[column]?.length ?? 0))
  );
  return table.map(row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
      )
      .join('  ')
      .trimEnd()
  );
}

/** The same as Markdown, for docs/benchmarks.md. */
export function markdown(table: Table): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [heading = [], ...rows] = table;
  return [line(heading), line(heading.map((_, at) => (at === 0 ? '-' : '-:'))), ...rows.map(line)];
}

/** A row of median and 95th percentile. */
export function timesRow(name: string, { p50, p95 }: Distribution): string[] {
  return [name, milliseconds(p50), milliseconds(p95)];
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : count(value)} ms`;
}

export function megabytes(bytes: number): string {
  const size = bytes / 1e6;
  return `${Math.abs(size) < 10 ? size.toFixed(1) : count(size)} MB`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function perSecond(rate: number): string {
  return `${rate.toFixed(1)} /s`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
