import type { Cell } from '../../shared/view.ts';
import { rowBucketMs } from '../views/line-view.ts';
import type { TraceRequest } from './request.ts';

/** What a column of the stream's result is in the row: one value, or one of a range without its end. */
export type Wanted =
  | { readonly column: string; readonly kind: 'cell'; readonly cell: Cell }
  | {
      readonly column: string;
      readonly kind: 'range';
      readonly from: number;
      readonly to: number;
    };

/** What a row says about the rows of the result behind it; `refusal` says why it says nothing. */
export type WantedColumns =
  { readonly wanted: readonly Wanted[]; readonly refusal: null } | { readonly refusal: string };

/** Reads a row of any kind of view. */
export function wantedColumns(request: TraceRequest): WantedColumns {
  const { view, stream } = request;
  switch (view.kind) {
    case 'number':
      return {
        refusal: 'A single number stands for all rows, so no records are told apart by it.'
      };
    case 'histogram':
      return binOf(request);
    case 'line':
      return { wanted: timeOf(request), refusal: null };
    case 'heatmap':
      return { wanted: cellsOf(request, [view.category, view.series]), refusal: null };
    case 'bars':
    case 'table':
    case 'vega-lite':
      return { wanted: cellsOf(request, namesOf(stream)), refusal: null };
  }
}

function namesOf({ aggregated, keys, columns }: TraceRequest['stream']): readonly string[] {
  return aggregated ? keys : columns.map(({ name }) => name);
}

/** Whether records have the column themselves: an aggregate is of many of them. */
function isOfRecords({ stream }: TraceRequest, column: string): boolean {
  return !stream.aggregated || stream.keys.includes(column);
}

function cellsOf(request: TraceRequest, names: readonly (string | null)[]): Wanted[] {
  return names.flatMap((column): Wanted[] => {
    const cell = column === null ? undefined : request.row[column];
    if (column === null || cell === undefined || !isOfRecords(request, column)) return [];
    return [{ column, kind: 'cell', cell }];
  });
}

/** A line averages rows that are not aggregated over a time. */
function timeOf(request: TraceRequest): Wanted[] {
  const { view, stream, row } = request;
  const from = view.category === null ? null : row[view.category];
  if (view.category === null || typeof from !== 'number') return [];
  if (stream.aggregated) return cellsOf(request, [view.category]);
  return [{ column: view.category, kind: 'range', from, to: from + rowBucketMs(view) }];
}

function binOf(request: TraceRequest): WantedColumns {
  const { view, row } = request;
  const column = view.category ?? '';
  const { from, to } = row;
  if (!isOfRecords(request, column))
    return {
      refusal: `The column ${column} is computed of many records, so a bin has none of its own.`
    };
  if (typeof from !== 'number' || typeof to !== 'number')
    return { refusal: 'The row has no bounds to look between.' };
  return { wanted: [{ column, kind: 'range', from, to }], refusal: null };
}
