import type { StreamStatus } from '../../src/shared/stream-status.ts';
import type { ViewFrame, ViewSnapshot, ViewSpec } from '../../src/shared/view.ts';
import { liveStatus, wordBars } from '../fakes/views.ts';

export const view: ViewSpec = { ...wordBars, id: 'v1' };

export function statusOf(changes: Partial<StreamStatus> = {}): StreamStatus {
  return {
    ...liveStatus,
    reason: 'one topic, one count',
    inputRate: 1000.4,
    resultRate: 4.26,
    latencyMs: 35.4,
    rows: 1000,
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
    labels: {},
    sum: 1252,
    eventTimeMax: 1_000_000,
    historyFrom: null
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
