import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Cell, ViewFrame, ViewSpec } from '../../shared/view.ts';
import type { ResultRow } from '../streams/port.ts';

/**
 * The state of one live view, built from result rows in bounded memory. Every frame is a whole state,
 * so a frame that is lost costs nothing. Applying rows twice, as a replay does, changes nothing.
 */
export interface ViewModel {
  apply(rows: readonly ResultRow[]): void;
  /**
   * The present state under a given status; its `dropped` grows by what this view did not keep. `watched` says
   * whether a page shows it: what passes by unwatched is not dropped.
   */
  frame(status: StreamStatus, watched?: boolean): ViewFrame;
}

/** Rows that a replay may repeat: more than a query redoes after its last commit at the rates shown here. */
export const REPLAY_WINDOW = 10_000;

/** What a kind of view contributes to a frame. */
export interface ViewContent {
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly total: number;
  readonly sum: number | null;
  readonly dropped: number;
  readonly eventTimeMax: number | null;
  /** What to call columns instead of their names. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Joins content and status into a frame with columns of equal length. */
export function toFrame(view: ViewSpec, status: StreamStatus, content: ViewContent): ViewFrame {
  const data = Object.fromEntries(
    view.columns.map(({ name }) => [name, content.rows.map(row => row[name] ?? null)])
  );
  const { total, sum, eventTimeMax } = content;
  const dropped = status.dropped + content.dropped;
  const { labels = {} } = content;
  return {
    status: { ...status, dropped },
    data,
    labels,
    total,
    sum,
    eventTimeMax,
    historyFrom: null
  };
}

/** A cell as a measured number; null where it is none. */
export function toFinite(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

/** A cell as a length: what is not a finite number counts as nothing. */
export function toNumber(cell: Cell | undefined): number {
  return toFinite(cell) ?? 0;
}

/** The later of two event times; null is unknown. */
export function laterOf(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.max(left, right);
}
