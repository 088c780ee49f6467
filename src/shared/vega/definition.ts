import type { ViewSpec } from '../view.ts';
import type { ChartData, ChartRow, PictureInput } from './input.ts';
import { ROWS_DATASET } from './rows.ts';

type Definition = Readonly<Record<string, unknown>>;

/** Field that tells which row of the frame a mark of a definition stands for. */
export const ROW_FIELD = '_row';
const HEIGHT = 280;
const COMPOSED = ['hconcat', 'vconcat', 'concat', 'repeat', 'facet'];

/** The rows under the names of their columns, as the author of a definition knows them. */
export function definitionData(_view: ViewSpec, { rows }: PictureInput): ChartData {
  const copies = rows.map((row, index): ChartRow => ({ ...row, [ROW_FIELD]: index }));
  return { sets: { [ROWS_DATASET]: copies }, signals: {} };
}

/**
 * The definition of an author with our rows and look: data of another name stay theirs, the rest is the
 * rows of the stream; without a width it is as wide as the page allows. Check it first (`guard.ts`).
 */
export function definitionSpec(
  definition: Definition,
  rows: readonly ChartRow[],
  width: number,
  config: Definition
): Record<string, unknown> {
  const parts = Object.fromEntries(
    Object.entries(definition).filter(([key]) => key !== '$schema' && key !== 'data')
  );
  return {
    ...parts,
    data: dataOf(definition['data'], rows),
    ...sizeOf(definition, width),
    config: merged(config, record(definition['config']))
  };
}

/** Pixels to keep free for a definition. */
export function definitionHeight({ definition }: ViewSpec): number {
  const height = definition?.['height'];
  return (typeof height === 'number' && height <= 2_000 ? height : HEIGHT) + 48;
}

/** The name of another inline data set is kept; everything else is the rows. */
function dataOf(data: unknown, rows: readonly ChartRow[]): unknown {
  const { name, values } = record(data);
  const own = typeof name === 'string' && name !== ROWS_DATASET;
  if (own && (values === undefined || Array.isArray(values))) return data;
  return { name: ROWS_DATASET, values: rows, format: { parse: null } };
}

function sizeOf(definition: Definition, width: number): Record<string, unknown> {
  if (COMPOSED.some(part => part in definition)) return {};
  const given = definition['width'];
  const fits = given === undefined || given === 'container';
  const height = definition['height'];
  const high = height === undefined || height === 'container';
  return {
    ...(fits ? { width } : {}),
    ...(high && !hasBands(definition) ? { height: HEIGHT } : {}),
    ...(fits ? { autosize: { type: 'fit-x', contains: 'padding' } } : {})
  };
}

/** Whether categories go down: then the height follows from their number. */
function hasBands(definition: Definition): boolean {
  const { type, bin } = record(record(definition['encoding'])['y']);
  return (type === 'nominal' || type === 'ordinal') && bin === undefined;
}

function merged(base: Definition, over: Definition): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isRecord(value) && isRecord(below) ? { ...below, ...value } : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
