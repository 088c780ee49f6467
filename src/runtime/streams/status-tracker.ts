import {
  blankStatus,
  isFinal,
  nextState,
  type StreamState,
  type StreamStatus
} from '../../shared/stream-status.ts';
import type { Beat } from './messages.ts';
import type { ResultRow } from './port.ts';
import { LatencyWindow, RateWindow } from './windows.ts';

/** Beats come once a second; without one for this long a stream is stalled, milliseconds. */
export const STALL_MS = 5_000;
/** How long a status tells that the stream had to be started again, milliseconds. */
const NOTE_MS = 60_000;
/** Without a beat for this long the driver is taken for dead, milliseconds. */
export const LOST_MS = 60_000;

/** The status of one stream from what is heard of it. Times are epoch milliseconds. */
export class StatusTracker {
  readonly #openedAt: number;
  readonly #results: RateWindow;
  readonly #latency = new LatencyWindow();
  #status: StreamStatus;
  #beatAt: number;
  /** What happened lately, said with the reason of each beat until then. */
  #note = { text: '', until: 0 };
  #restarting = false;

  constructor(now: number, state: StreamState = 'planned') {
    this.#openedAt = now;
    this.#beatAt = now;
    this.#results = new RateWindow(now);
    this.#status = blankStatus(now, state);
  }

  get status(): StreamStatus {
    return this.#status;
  }

  get final(): boolean {
    return isFinal(this.#status.state);
  }

  /** Takes a beat of the driver. */
  beat(beat: Beat): void {
    this.#beatAt = Math.max(this.#beatAt, beat.at);
    const { mode, inputRate, backlog, batch, topicRecords, offered, late, watermark } = beat;
    const facts = { batch, topicRecords, offered, late, watermark };
    const reason = beat.error === null ? this.#noted(beat) : failureReason(beat.error);
    this.#to(beat.state, { mode, inputRate, backlog, ...facts, reason, updatedAt: beat.at });
    if (beat.state === 'live' && this.#status.startedAt === null)
      this.#status = { ...this.#status, startedAt: beat.at };
  }

  /**
   * Takes result rows; `fresh` is false for rows that were in the topic before it was tailed. Input from
   * before the stream was live had to wait for it, which says nothing about its latency.
   */
  rows(now: number, rows: readonly ResultRow[], fresh: boolean): void {
    this.#status = { ...this.#status, rows: this.#status.rows + rows.length };
    if (!fresh) return;
    this.#results.add(now, rows.length);
    const since = Math.max(this.#openedAt, this.#status.startedAt ?? Infinity);
    for (const { eventTime } of rows)
      if (eventTime !== null && eventTime >= since) this.#latency.add(now, now - eventTime);
  }

  /** Takes the number of dead letters so far. */
  dead(count: number): void {
    this.#status = { ...this.#status, dead: count };
  }

  /** Brings rates, latency and the absence of beats up to date. */
  tick(now: number): void {
    const [median = null, p95 = null] = this.#latency.quantiles(now, 0.5, 0.95);
    this.#status = {
      ...this.#status,
      // A stream without input keeps the latency that it had last.
      latencyMs: median ?? this.#status.latencyMs,
      latencyP95Ms: p95 ?? this.#status.latencyP95Ms,
      resultRate: this.#results.rate(now)
    };
    if (this.final || this.#restarting) return;
    const silence = now - this.#beatAt;
    if (silence >= LOST_MS) this.fail('Spark has not reported for a minute', now);
    else if (silence >= STALL_MS)
      this.#to('stalled', { reason: 'Spark has not reported for some seconds', updatedAt: now });
  }

  /** Steps to a state for a reason of this side. */
  step(state: StreamState, now: number, reason = this.#status.reason): void {
    this.#to(state, { reason, updatedAt: now });
  }

  fail(reason: string, now: number): void {
    this.step('failed', now, reason);
  }

  /** The session of the query died; the silence until `restarted` is no sign of anything. */
  restarting(reason: string, now: number): void {
    this.#restarting = true;
    this.step('starting', now, reason);
    // What waits until then says nothing about the latency.
    this.#status = { ...this.#status, mode: null, startedAt: null };
  }

  /** The query runs again; `note` says what happened. */
  restarted(note: string, now: number): void {
    this.#restarting = false;
    this.#beatAt = now;
    this.#note = { text: note, until: now + NOTE_MS };
  }

  #noted({ reason, at }: Beat): string {
    return at < this.#note.until ? `${reason} ${this.#note.text}`.trim() : reason;
  }

  /** An impossible step changes nothing; while a stream is being stopped, late beats do not revive it. */
  #to(state: StreamState, change: Partial<StreamStatus>): void {
    const next = nextState(this.#status.state, state);
    if (next !== state && this.#status.state !== state) return;
    const idle = isFinal(next) ? { mode: null, inputRate: 0, resultRate: 0 } : {};
    this.#status = { ...this.#status, ...change, ...idle, state: next };
  }
}

function failureReason(error: NonNullable<Beat['error']>): string {
  const why = error.why === undefined ? '' : ` (${error.why})`;
  return `${error.message}${why}`.split('\n')[0] ?? error.message;
}
