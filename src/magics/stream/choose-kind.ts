import type { ViewKind } from '../../shared/view.ts';
import type { StreamColumns } from './stream-columns.ts';
import type { ViewRequest } from './view-request.ts';

/**
 * The kind of view that suits the columns: one number of all rows is a number, numbers over time are lines,
 * one number by two keys is a heat map, numbers by one key are bars, all else is a table.
 */
export function chooseKind(columns: StreamColumns, request: ViewRequest): ViewKind {
  if (request.series !== undefined) return columns.time === undefined ? 'heatmap' : 'line';
  if (request.windowMs !== undefined) return columns.time === undefined ? 'number' : 'line';
  return columns.aggregated && columns.numbers.length > 0 ? kindOfGroups(columns) : 'table';
}

function kindOfGroups({ all, keys, numbers }: StreamColumns): ViewKind {
  const overTime = keys.some(key => key.type === 'time');
  if (keys.length === 0) return all.length === 1 ? 'number' : 'table';
  if (keys.length === 1) return overTime ? 'line' : 'bars';
  if (keys.length > 2) return 'table';
  if (overTime) return 'line';
  return numbers.length === 1 ? 'heatmap' : 'table';
}
