import { blankStatus } from '../../shared/stream-status.ts';
import type { ViewSnapshot, ViewSpec } from '../../shared/view.ts';

/** A view of which nothing is known but what it is; its kernel sends its state next. */
export function blankSnapshot(view: ViewSpec, now: number): ViewSnapshot {
  return {
    version: 1,
    view,
    frame: {
      status: blankStatus(now),
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
