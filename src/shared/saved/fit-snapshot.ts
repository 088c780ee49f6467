import type { ViewFrame, ViewSnapshot, ViewSpec } from '../view.ts';

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

/** The rows that matter most: the newest where they are in order of time, else the first. */
function cut({ view, frame }: ViewSnapshot, most: number): ViewFrame {
  const rows = view.kind === 'heatmap' ? wholeColumns(view, frame, most) : most;
  const from = isByTime(view) ? -rows : 0;
  const data = Object.fromEntries(
    Object.entries(frame.data).map(([name, cells]) => [
      name,
      rows === 0 ? [] : cells.slice(from).slice(0, rows)
    ])
  );
  return { ...frame, data };
}

function isByTime({ kind, columns, category }: ViewSpec): boolean {
  if (kind === 'line' || kind === 'number') return true;
  const isTime = columns.some(({ name, type }) => name === category && type === 'time');
  return kind === 'heatmap' && isTime;
}

/** Rows of a heat map that are whole columns of it; they stand one behind the other. */
function wholeColumns({ category }: ViewSpec, { data }: ViewFrame, most: number): number {
  const across = data[category ?? ''] ?? [];
  const other = across.findIndex(cell => cell !== across[0]);
  return other < 1 || other > most ? most : most - (most % other);
}
