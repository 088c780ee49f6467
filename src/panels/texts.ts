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
    past: trans.__('Past'),
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
      label: countsKeys(view) ? trans.__('Keys') : trans.__('Rows'),
      value: formatNumber(total),
      help: countsKeys(view)
        ? trans.__('Keys in all, shown or not')
        : trans.__('Rows in all, shown or not')
    }
  ];
}

/** What went wrong with single rows and frames; empty when nothing did. */
export function warnings({ frame, unreadable }: ViewState, trans: Translate): string[] {
  const { dropped, dead, late } = frame.status;
  const counted = (one: string, many: string, count: number): string[] =>
    count > 0 ? [trans._n(one, many, count, formatNumber(count))] : [];
  return [
    ...counted('%2 unreadable record', '%2 unreadable records', dead),
    ...counted('%2 late record left out', '%2 late records left out', late),
    ...counted('%2 row not shown', '%2 rows not shown', dropped),
    ...counted('%2 frame could not be read', '%2 frames could not be read', unreadable)
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
    case 'past':
      return trans.__('+%1 rows', formatNumber(state.heldBack));
    default:
      return '';
  }
}

/** The picture in words: what it is, the first rows, how many there are. */
export function summaryText(view: ViewSpec, frame: ViewFrame, trans: Translate): string {
  const rows = frameRows(view, frame);
  if (rows.length === 0) return trans.__('%1: no rows yet.', view.title);
  const course = view.kind === 'line' || view.kind === 'number';
  const shown = course ? rows.slice(-1) : rows.slice(0, SUMMARY_ROWS);
  const texts = shown.map(row =>
    view.columns
      .map(({ name, type }) => labelled(frame.labels[name], formatCell(row[name] ?? null, type)))
      .filter(text => text !== '')
      .join(' ')
  );
  return trans.__('%1: %2. %3 in all.', view.title, texts.join('; '), formatNumber(frame.total));
}

/** The value of a slot of a line is nothing without the name of its series. */
function labelled(label: string | undefined, text: string): string {
  return label === undefined || text === '' ? text : `${label} ${text}`;
}

function countsKeys({ kind }: ViewSpec): boolean {
  return kind === 'bars' || kind === 'heatmap';
}

function latencyText({ latencyMs, latencyP95Ms }: StreamStatus, trans: Translate): string {
  if (latencyMs === null) return '–';
  const median = formatDuration(latencyMs);
  return latencyP95Ms === null
    ? median
    : trans.__('%1 · p95 %2', median, formatDuration(latencyP95Ms));
}

function formatDuration(ms: number): string {
  if (ms < 10_000) return `${formatNumber(Math.round(ms))} ms`;
  return formatSpan(ms);
}

/** A length of time in its two largest units: `12 s`, `3 min 4 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${seconds} s`;
  if (hours === 0) return `${minutes} min ${seconds % 60} s`;
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${formatNumber(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** A saved picture has no rate. */
function rateText(perSecond: number, state: ViewState, trans: Translate): string {
  return state.stale || state.ended ? '–' : trans.__('%1/s', formatRate(perSecond));
}

function formatRate(perSecond: number): string {
  return formatNumber(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}
