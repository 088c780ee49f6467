import type { ViewSnapshot, ViewSpec } from '../../shared/view.ts';

/** A view of which nothing is known but what it is; its kernel sends its state next. */
export function blankSnapshot(view: ViewSpec, now: number): ViewSnapshot {
  return {
    version: 1,
    view,
    frame: {
      status: {
        state: 'planned',
        mode: null,
        reason: '',
        inputRate: 0,
        resultRate: 0,
        latencyMs: null,
        latencyP95Ms: null,
        rows: 0,
        dropped: 0,
        dead: 0,
        backlog: null,
        batch: null,
        topicRecords: null,
        offered: null,
        late: 0,
        watermark: null,
        startedAt: null,
        updatedAt: now
      },
      data: {},
      labels: {},
      total: 0,
      sum: null,
      eventTimeMax: null,
      historyFrom: null
    },
    seq: 0,
    savedAt: 0,
    final: false
  };
}
