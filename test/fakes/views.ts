import type { StreamStatus } from '../../src/shared/stream-status.ts';
import type { Cell, ViewSpec } from '../../src/shared/view.ts';
import type { ResultRow } from '../../src/runtime/streams/port.ts';

/** The status of a stream that runs without trouble. */
export const liveStatus: StreamStatus = {
  state: 'live',
  mode: 'real-time',
  reason: '',
  inputRate: 10,
  resultRate: 10,
  latencyMs: 35,
  latencyP95Ms: 58,
  rows: 0,
  dropped: 0,
  dead: 0,
  backlog: 0,
  batch: null,
  topicRecords: null,
  offered: null,
  late: 0,
  watermark: null,
  startedAt: 0,
  updatedAt: 0
};

export const wordBars: ViewSpec = {
  id: 'view-words',
  stream: 'counts',
  title: 'Words',
  kind: 'bars',
  columns: [
    { name: 'word', type: 'text' },
    { name: 'n', type: 'number' }
  ],
  category: 'word',
  values: ['n'],
  series: null,
  windowMs: null,
  definition: null,
  limit: 20
};

/** A result row of the word count. */
export function wordRow(word: string, n: number, eventTime: number | null = null): ResultRow {
  return { key: word, row: { word, n }, eventTime, receivedAt: 0 };
}

/** A tombstone. */
export function goneRow(key: string): ResultRow {
  return { key, row: null, eventTime: null, receivedAt: 0 };
}

/** A view of the kind with the word count's columns, for models that need more than bars. */
export function viewOf(change: Partial<ViewSpec>): ViewSpec {
  return { ...wordBars, ...change };
}

/** A result row of any columns. */
export function resultRow(
  key: string,
  row: Readonly<Record<string, Cell>>,
  receivedAt = 0
): ResultRow {
  return { key, row, eventTime: null, receivedAt };
}
