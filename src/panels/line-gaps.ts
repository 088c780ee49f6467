import type { Spec } from 'vega';
import type { ChartData, ChartRow } from '../shared/vega/input.ts';
import { ROWS_DATASET } from '../shared/vega/rows.ts';

/**
 * Where a line has no value. Vega-Lite writes an expression for it, which would be interpreted for each point
 * of each line at each update: half of what a line chart costs. Here it is a field of the row.
 */

interface Marked {
  readonly type?: string;
  readonly encode?: { readonly update?: Record<string, unknown> };
  readonly marks?: readonly unknown[];
}

const VALUE = /^(v\d+|value)$/;
/** The expression on the time and on one value field. */
const DEFINED = /isValid\(datum\["(v\d+|value)"\]\) && isFinite\(\+datum\["\1"\]\)$/;

/** The compiled specification of a chart with lines, with their gaps read from the fields of `markGaps`. */
export function readGapsFromFields(spec: Spec): Spec {
  for (const data of spec.data ?? [])
    if (data.name === ROWS_DATASET && 'values' in data && Array.isArray(data.values))
      addGapFields(data.values as ChartRow[]);
  readFrom(spec);
  return spec;
}

/** Rows of the next state, with their gaps as fields. */
export function markGaps(data: ChartData): ChartData {
  addGapFields(data.sets[ROWS_DATASET] ?? []);
  return data;
}

/** A missing value is null; times are always there. */
function addGapFields(rows: readonly ChartRow[]): void {
  for (const row of rows)
    for (const name of Object.keys(row))
      if (VALUE.test(name)) row[`has-${name}`] = row[name] !== null;
}

function readFrom({ type, encode, marks = [] }: Marked): void {
  const update = encode?.update;
  const field =
    type === 'line' || type === 'area'
      ? DEFINED.exec(signalOf(update?.['defined']))?.[1]
      : undefined;
  if (update !== undefined && field !== undefined) update['defined'] = { field: `has-${field}` };
  for (const mark of marks) readFrom(mark as Marked);
}

function signalOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null || !('signal' in entry)) return '';
  return typeof entry.signal === 'string' ? entry.signal : '';
}
