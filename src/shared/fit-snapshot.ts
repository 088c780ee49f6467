import type { ViewFrame, ViewKind, ViewSnapshot } from './view.ts';

/** The most that one view adds to a saved notebook, bytes of JSON. */
export const MAX_SNAPSHOT_BYTES = 64 * 1024;

/** The snapshot with its rows halved until `size` is at most `max`; other figures stay as they are. */
export function fitSnapshot(
  snapshot: ViewSnapshot,
  size: (snapshot: ViewSnapshot) => number,
  max: number
): ViewSnapshot {
  const rows = Math.max(0, ...Object.values(snapshot.frame.data).map(cells => cells.length));
  if (rows === 0 || size(snapshot) <= max) return snapshot;
  return fitSnapshot({ ...snapshot, frame: cut(snapshot, Math.floor(rows / 2)) }, size, max);
}

/** Kinds whose rows are in order of time. */
const BY_TIME: readonly ViewKind[] = ['line', 'number'];

/** The rows that matter most: the newest points of a course, the first rows of anything else. */
function cut({ view, frame }: ViewSnapshot, rows: number): ViewFrame {
  const from = BY_TIME.includes(view.kind) ? -rows : 0;
  const data = Object.fromEntries(
    Object.entries(frame.data).map(([name, cells]) => [
      name,
      rows === 0 ? [] : cells.slice(from).slice(0, rows)
    ])
  );
  return { ...frame, data };
}
