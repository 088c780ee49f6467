import type { StreamStatus } from '../../src/shared/stream-status.ts';
import type { ViewFrame, ViewSnapshot, ViewSpec } from '../../src/shared/view.ts';

export const view: ViewSpec = {
  id: 'v1',
  stream: 'counts',
  title: 'Words',
  kind: 'bars',
  columns: [
    { name: 'word', type: 'text' },
    { name: 'n', type: 'number' }
  ],
  category: 'word',
  values: ['n'],
  limit: 20
};

export function statusOf(changes: Partial<StreamStatus> = {}): StreamStatus {
  return {
    state: 'live',
    mode: 'real-time',
    reason: 'one topic, one count',
    inputRate: 1000.4,
    resultRate: 4.26,
    latencyMs: 35.4,
    latencyP95Ms: 58,
    rows: 1000,
    dropped: 0,
    dead: 0,
    backlog: 0,
    startedAt: 990_000,
    updatedAt: 1_000_000,
    ...changes
  };
}

export function frameOf(changes: Partial<StreamStatus> = {}): ViewFrame {
  return {
    status: statusOf(changes),
    data: { word: ['be', 'to', 'or', 'not'], n: [1234, 7, 6, 5] },
    total: 19,
    sum: 1252,
    eventTimeMax: 1_000_000
  };
}

export function snapshotOf(
  changes: Partial<StreamStatus> = {},
  rest: Partial<ViewSnapshot> = {}
): ViewSnapshot {
  return {
    version: 1,
    view,
    frame: frameOf(changes),
    seq: 1,
    savedAt: 1_000_000,
    final: false,
    ...rest
  };
}
