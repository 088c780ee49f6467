import { formatCell, formatClock, formatNumber } from '../shared/vega/format.ts';
import { isFinal, type StreamStatus } from '../shared/stream-status.ts';
import { frameRows, type ViewFrame, type ViewSpec } from '../shared/view.ts';
import type { Translate } from './translate.ts';
import type { Badge, ViewState } from './view-state.ts';

/** Rows named in the text that stands for a picture. */
const SUMMARY_ROWS = 3;

/** One figure of the strip above a view. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** Spoken and shown as a tooltip: what the figure is. */
  readonly help: string;
}

/** The word for a state. */
export function badgeText(badge: Badge, trans: Translate): string {
  const words: Record<Badge, string> = {
    planned: trans.__('Planned'),
    starting: trans.__('Starting'),
    waiting: trans.__('Waiting'),
    live: trans.__('Live'),
    stalled: trans.__('Stalled'),
    stopping: trans.__('Stopping'),
    stopped: trans.__('Stopped'),
    failed: trans.__('Failed'),
    paused: trans.__('Paused'),
    offline: trans.__('Saved picture'),
    connecting: trans.__('Connecting'),
    reconnecting: trans.__('Reconnecting'),
    restarted: trans.__('Not running')
  };
  return words[badge];
}

/** The figures of the strip, always the same ones in the same order, so that nothing jumps. */
export function figures(view: ViewSpec, state: ViewState, trans: Translate): Figure[] {
  const { status, total } = state.frame;
  return [
    {
      label: trans.__('In'),
      value: rateText(status.inputRate, state, trans),
      help: trans.__('Input records per second over the last seconds')
    },
    {
      label: trans.__('Out'),
      value: rateText(status.resultRate, state, trans),
      help: trans.__('Result rows per second over the last seconds')
    },
    {
      label: trans.__('Latency'),
      value: latencyText(status, trans),
      help: trans.__('From the record in Kafka to the result row: median and 95th percentile')
    },
    {
      label: view.kind === 'bars' ? trans.__('Keys') : trans.__('Rows'),
      value: formatNumber(total),
      help:
        view.kind === 'bars'
          ? trans.__('Keys in all, shown or not')
          : trans.__('Rows in all, shown or not')
    }
  ];
}

/** What went wrong with single rows; empty when nothing did. */
export function warnings(status: StreamStatus, trans: Translate): string[] {
  const { dropped, dead } = status;
  return [
    ...(dead > 0
      ? [trans._n('%2 unreadable record', '%2 unreadable records', dead, formatNumber(dead))]
      : []),
    ...(dropped > 0
      ? [trans._n('%2 row not shown', '%2 rows not shown', dropped, formatNumber(dropped))]
      : [])
  ];
}

/** How the query runs and why, or why it failed, one line. */
export function modeText({ frame, ended }: ViewState, trans: Translate): string {
  const { state, mode, reason } = frame.status;
  if (ended) return isFinal(state) ? reason : '';
  if (mode === null) return reason;
  const words = {
    'real-time': trans.__('Real-time mode'),
    'micro-batch': trans.__('Micro-batches'),
    'catch-up': trans.__('Catching up')
  };
  return reason === '' ? words[mode] : trans.__('%1: %2', words[mode], reason);
}

/** What stands in the place of the picture while there are no rows; `now` in epoch milliseconds. */
export function emptyText(state: ViewState, now: number, trans: Translate): string {
  const { status } = state.frame;
  if (state.badge === 'planned' || state.badge === 'starting') {
    const since = status.startedAt ?? status.updatedAt;
    const seconds = Math.max(0, Math.floor((now - since) / 1000));
    return trans.__('Starting the query… %1 s', formatNumber(seconds));
  }
  if (state.badge === 'stopped') return trans.__('The stream ended without a result row.');
  return state.stale ? trans.__('No rows yet.') : trans.__('Waiting for the first record');
}

/** When the picture was true, for one that is not live; empty for a live one. */
export function stampText(state: ViewState, trans: Translate): string {
  const at = formatClock(state.at);
  const rows = formatNumber(state.frame.status.rows);
  switch (state.badge) {
    case 'stopped':
      return trans.__('stopped %1 · %2 rows', at, rows);
    case 'failed':
      return trans.__('failed %1 · %2 rows', at, rows);
    case 'offline':
      return trans.__('saved %1 · %2 rows', at, rows);
    case 'reconnecting':
      return trans.__('last seen %1 · %2 rows', at, rows);
    case 'restarted':
      return trans.__('last seen %1 · %2 rows. Run the cell again to go on.', at, rows);
    case 'paused':
      return trans.__('+%1 updates', formatNumber(state.heldBack));
    default:
      return '';
  }
}

/** The picture in words: what it is, the first rows, how many there are. */
export function summaryText(view: ViewSpec, frame: ViewFrame, trans: Translate): string {
  const rows = frameRows(view, frame);
  if (rows.length === 0) return trans.__('%1: no rows yet.', view.title);
  const shown = view.kind === 'line' ? rows.slice(-1) : rows.slice(0, SUMMARY_ROWS);
  const texts = shown.map(row =>
    view.columns
      .map(({ name, type }) => formatCell(row[name] ?? null, type))
      .filter(text => text !== '')
      .join(' ')
  );
  return trans.__('%1: %2. %3 in all.', view.title, texts.join('; '), formatNumber(frame.total));
}

function latencyText({ latencyMs, latencyP95Ms }: StreamStatus, trans: Translate): string {
  if (latencyMs === null) return '–';
  const median = formatDuration(latencyMs);
  return latencyP95Ms === null
    ? median
    : trans.__('%1 · p95 %2', median, formatDuration(latencyP95Ms));
}

function formatDuration(ms: number): string {
  return ms < 10_000
    ? `${formatNumber(Math.round(ms))} ms`
    : `${formatNumber(Math.round(ms / 1000))} s`;
}

/** A picture of the past has no rate. */
function rateText(perSecond: number, state: ViewState, trans: Translate): string {
  return state.stale || state.ended ? '–' : trans.__('%1/s', formatRate(perSecond));
}

function formatRate(perSecond: number): string {
  return formatNumber(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}
