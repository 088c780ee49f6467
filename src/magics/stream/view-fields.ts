import { SLOT_COLUMNS } from '../../runtime/views/series-slots.ts';
import type { Column, ViewKind, ViewSpec } from '../../shared/view.ts';
import type { StreamColumns } from './stream-columns.ts';
import type { ViewRequest } from './view-request.ts';

/** Which columns a view shows, and as what. */
export type ViewFields = Pick<ViewSpec, 'columns' | 'category' | 'series' | 'values' | 'measured'>;

type Build = (columns: StreamColumns, request: ViewRequest) => ViewFields;

const BUILDERS: Readonly<Record<ViewKind, Build>> = {
  bars: barsFields,
  table: tableFields,
  line: lineFields,
  number: numberFields,
  histogram: histogramFields,
  heatmap: heatmapFields,
  'vega-lite': tableFields
};

/**
 * The columns of a view of this kind: those that were named, else those that suit.
 *
 * @throws HR_USAGE where the stream has no such columns
 */
export function viewFields(
  kind: ViewKind,
  columns: StreamColumns,
  request: ViewRequest
): ViewFields {
  return BUILDERS[kind](columns, request);
}

function barsFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const value = measured(columns, request);
  if (value === undefined) throw columns.lacks('Bars need a column of numbers');
  const label =
    chosen(columns, request.x, '--x') ??
    columns.labels[0] ??
    columns.all.find(column => column.name !== value.name) ??
    value;
  return fields(columns.all, label, null, [value]);
}

/** Numbers of single rows are labels; only those of groups have lengths worth comparing. */
function tableFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const named = namedValues(columns, request);
  const values = named.length > 0 ? named : columns.aggregated ? columns.numbers : [];
  return fields(columns.all, null, null, values);
}

function lineFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const time = request.x === undefined ? columns.time : columns.named(request.x, '--x', 'time');
  if (time === undefined) throw columns.lacks('A line needs a column of times');
  const named = namedValues(columns, request);
  const values = named.length > 0 ? named : columns.numbers;
  const value = values[0];
  if (value === undefined) throw columns.lacks('A line needs a column of numbers');
  const other = named.length > 1 ? undefined : otherKey(columns, time);
  const series = chosen(columns, request.series, '--series') ?? other;
  if (series === undefined) return fields([time, ...values], time, null, values);
  const slots = SLOT_COLUMNS.map((name): Column => ({ name, type: 'number' }));
  return { ...fields([time, ...slots], time, series, slots), measured: value.name };
}

/** The one key beside the time. */
function otherKey(columns: StreamColumns, time: Column): Column | undefined {
  const others = columns.keys.filter(key => key.name !== time.name);
  return others.length === 1 && columns.keys.length === 2 ? others[0] : undefined;
}

/** Single rows are counted unless a column is named. */
function numberFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const named = namedValues(columns, request)[0];
  const value = named ?? (columns.aggregated ? columns.numbers[0] : undefined);
  const shown: Column[] = [
    { name: 'time', type: 'time' },
    { name: 'value', type: 'number' }
  ];
  return fields(shown, null, null, value === undefined ? [] : [value]);
}

function histogramFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const isNumber = (column: Column): boolean => column.type === 'number';
  const value =
    (request.x === undefined ? undefined : columns.named(request.x, '--x', 'number')) ??
    measured(columns, request) ??
    columns.all.find(isNumber);
  if (value === undefined) throw columns.lacks('A histogram needs a column of numbers');
  const count: Column = { name: 'n', type: 'number' };
  const shown: Column[] = [{ name: 'from', type: 'number' }, { name: 'to', type: 'number' }, count];
  return fields(shown, value, null, [count]);
}

/** A time goes across. */
function heatmapFields(columns: StreamColumns, request: ViewRequest): ViewFields {
  const value = measured(columns, request);
  if (value === undefined) throw columns.lacks('A heat map needs a column of numbers');
  const down = chosen(columns, request.series, '--series');
  const open = columns.labels.filter(
    column => column.name !== down?.name && column.name !== value.name
  );
  const across =
    chosen(columns, request.x, '--x') ?? open.find(column => column.type === 'time') ?? open[0];
  const series = down ?? open.find(column => column.name !== across?.name);
  if (across === undefined || series === undefined || across.name === series.name)
    throw columns.lacks('A heat map needs two columns beside its numbers');
  return fields([across, series, value], across, series, [value]);
}

/** The column of numbers that was named, else the first. */
function measured(columns: StreamColumns, request: ViewRequest): Column | undefined {
  return namedValues(columns, request)[0] ?? columns.numbers[0];
}

function namedValues(columns: StreamColumns, { values = [] }: ViewRequest): readonly Column[] {
  return values.map(name => columns.named(name, '--value', 'number'));
}

function chosen(
  columns: StreamColumns,
  name: string | undefined,
  flag: string
): Column | undefined {
  return name === undefined ? undefined : columns.named(name, flag);
}

function fields(
  columns: readonly Column[],
  category: Column | null,
  series: Column | null,
  values: readonly Column[]
): ViewFields {
  return {
    columns: [...columns],
    category: category?.name ?? null,
    series: series?.name ?? null,
    values: values.map(column => column.name)
  };
}
