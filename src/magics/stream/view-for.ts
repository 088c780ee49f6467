import { randomUUID } from 'node:crypto';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import type { Column, ViewKind, ViewSpec } from '../../shared/view.ts';

/** Rows that a view shows where nobody says how many. */
const DEFAULT_LIMIT: Readonly<Record<ViewKind, number>> = {
  bars: 20,
  table: 50,
  line: 600,
  number: 120,
  histogram: 40,
  heatmap: 400,
  'vega-lite': 500
};

export interface ViewRequest {
  readonly title: string;
  /** Chosen from the columns where absent. */
  readonly kind?: ViewKind | undefined;
  readonly limit?: number | undefined;
}

/** The view of a stream: bars for one key and a number, a line for numbers over time, else a table. */
export function viewFor(stream: StreamHandle, request: ViewRequest): ViewSpec {
  const kind = request.kind ?? chooseKind(stream);
  return {
    id: `${stream.name}-${randomUUID()}`,
    stream: stream.name,
    title: request.title,
    kind,
    columns: [...stream.columns],
    category: categoryOf(stream, kind),
    values: valuesOf(stream, kind).map(column => column.name),
    series: null,
    windowMs: null,
    definition: null,
    limit: request.limit ?? DEFAULT_LIMIT[kind]
  };
}

function chooseKind(stream: StreamHandle): ViewKind {
  if (stream.keys.length === 0 || numbersOf(stream).length === 0) return 'table';
  if (timeOf(stream) !== undefined) return 'line';
  return stream.keys.length === 1 ? 'bars' : 'table';
}

/** Numbers that are measured, not grouped by. */
function numbersOf({ columns, keys }: StreamHandle): Column[] {
  return columns.filter(column => column.type === 'number' && !keys.includes(column.name));
}

function timeOf({ columns }: StreamHandle): Column | undefined {
  return columns.find(column => column.type === 'time');
}

function categoryOf(stream: StreamHandle, kind: ViewKind): string | null {
  if (kind === 'table') return null;
  if (kind === 'line') return (timeOf(stream) ?? stream.columns[0])?.name ?? null;
  return stream.keys[0] ?? stream.columns[0]?.name ?? null;
}

/** Numbers of single rows are labels; only those of groups have lengths worth comparing in a table. */
function valuesOf(stream: StreamHandle, kind: ViewKind): readonly Column[] {
  const numbers = numbersOf(stream);
  if (kind === 'bars') return numbers.slice(0, 1);
  return kind === 'table' && stream.keys.length === 0 ? [] : numbers;
}
