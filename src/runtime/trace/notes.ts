import { MAX_SOURCE_RECORDS } from '../../shared/source-record.ts';
import type { StreamSpec } from '../streams/port.ts';
import type { Found } from './search-back.ts';

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  const before = names.slice(0, -1).join(', ');
  const last = names.at(-1) ?? '';
  return before === '' ? last : `${before} and ${last}`;
}

/** Says that records were not told apart by these columns. */
export function notToldApart(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  return [
    `The row does not tell ${listed(columns)} apart, so records of others may be among these.`
  ];
}

/** Says that the query computes these columns. */
export function notCompared(columns: readonly string[]): string[] {
  return columns.length === 0 ? [] : [`Not compared: ${listed(columns)}, computed by the query.`];
}

/** Says that these topics have nothing to compare. */
export function notSearched(topics: readonly string[]): string[] {
  return topics.length === 0
    ? []
    : [`Not searched: ${listed(topics)}, without a column to compare.`];
}

/** Why a record that matches may yet not have counted; of use where some match. */
export function caveats(spec: StreamSpec, filters: readonly string[]): string[] {
  const left = `Records that ${listed(filters)} left out may be among these.`;
  const older = 'The stream began at the end of its topics, so older records may be among these.';
  return [...(filters.length === 0 ? [] : [left]), ...(spec.from === 'latest' ? [older] : [])];
}

/** Says how far a search came where it did not look at everything. */
export function howFar({ stopped, searched }: Pick<Found, 'stopped' | 'searched'>): string[] {
  const count = searched.toLocaleString('en-US');
  switch (stopped) {
    case null:
      return [];
    case 'enough':
      return [`Only the newest ${MAX_SOURCE_RECORDS} are shown.`];
    case 'count':
      return [`Only the newest ${count} records were searched.`];
    case 'time':
      return [`Only the newest ${count} records were searched, for lack of time.`];
  }
}
