import { formatCell, formatClock } from '../shared/vega/format.ts';
import type { SourceRecord } from '../shared/source-record.ts';
import type { ViewSpec } from '../shared/view.ts';
import type { Row } from './row-order.ts';

/** Records as tab-separated lines with a head; tabs and line ends within a field become spaces. */
export function recordsAsText(records: readonly SourceRecord[]): string {
  const lines = records.map(({ timestamp, topic, partition, offset, key, value }) =>
    [new Date(timestamp).toISOString(), topic, String(partition), offset, key ?? '', value ?? '']
      .map(field => field.replaceAll(/[\t\r\n]+/g, ' '))
      .join('\t')
  );
  return ['time\ttopic\tpartition\toffset\tkey\tvalue', ...lines].join('\n');
}

/** What a person calls a row: its label, its moment, its bin, or its first cell. */
export function rowName(view: ViewSpec, row: Row): string {
  const text = (name: string): string => {
    const column = view.columns.find(one => one.name === name);
    const cell = row[name] ?? null;
    if (column?.type === 'time' && typeof cell === 'number') return formatClock(cell);
    return formatCell(cell, column?.type ?? 'text');
  };
  if (view.kind === 'histogram') return `${text('from')} – ${text('to')}`;
  const names =
    view.kind === 'heatmap'
      ? [view.category, view.series]
      : [view.category ?? view.columns[0]?.name ?? null];
  return names.flatMap(name => (name === null ? [] : [text(name)])).join(', ');
}
