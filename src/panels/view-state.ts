import { isFinal, type StreamState } from '../shared/stream-status.ts';
import type { ViewFrame, ViewSnapshot } from '../shared/view.ts';

/** What the page knows of the kernel behind a view. */
export type Connection =
  /** There is no kernel: a saved notebook, a file, a viewer. */
  | 'none'
  /** Asked, no answer yet. */
  | 'connecting'
  /** The kernel sends frames. */
  | 'connected'
  /** The connection broke; it is tried again. */
  | 'lost'
  /** The kernel answers and does not know this view: it was restarted. */
  | 'unknown';

/** The one word that a person reads first. */
export type Badge =
  | StreamState
  | 'paused'
  | 'past'
  | 'waiting'
  | 'offline'
  | 'connecting'
  | 'reconnecting'
  | 'restarted';

/** Everything a view shows, at one moment. */
export interface ViewState {
  readonly badge: Badge;
  /** What is drawn: the newest frame, the one held by a pause, or one of the past. */
  readonly frame: ViewFrame;
  /** Result rows that came in since the pause. */
  readonly heldBack: number;
  /** Whether the view has ended; its stream may go on, as after `--follow`. */
  readonly ended: boolean;
  /** Whether the picture is a memory rather than the present. */
  readonly stale: boolean;
  /** When the frame was true, epoch milliseconds. */
  readonly at: number;
  /** Frames that could not be read. */
  readonly unreadable: number;
}

interface Moment {
  readonly frame: ViewFrame;
  readonly at: number;
}

/** The state of a view between what arrives and what is shown. It has no page and no clock. */
export class ViewModel {
  #frame: ViewFrame;
  #at: number;
  #seq: number;
  #final: boolean;
  /** Whether a view that has ended was asked for again, and nothing has come yet. */
  #revived = false;
  #connection: Connection = 'none';
  #held: Moment | null = null;
  #past: Moment | null = null;
  #unreadable = 0;

  constructor(snapshot: ViewSnapshot) {
    this.#frame = snapshot.frame;
    this.#at = snapshot.savedAt;
    this.#seq = snapshot.seq;
    this.#final = snapshot.final || isFinal(snapshot.frame.status.state);
  }

  get paused(): boolean {
    return this.#held !== null;
  }

  /** Whether no more frames will come, as far as is known. */
  get final(): boolean {
    return this.#final;
  }

  /** The newest frame, whatever is shown. */
  get newest(): ViewFrame {
    return this.#frame;
  }

  /** When the newest frame was true, epoch milliseconds. */
  get newestAt(): number {
    return this.#at;
  }

  /** A frame from the kernel. */
  receive(frame: ViewFrame, seq: number, at: number): void {
    this.#frame = frame;
    this.#seq = seq;
    this.#at = at;
    this.#final = isFinal(frame.status.state);
    this.#revived = false;
    this.#connection = 'connected';
  }

  /** A snapshot from the notebook: it counts unless a live frame is at least as new. */
  restore(snapshot: ViewSnapshot): void {
    if (snapshot.savedAt < this.#at) return;
    this.#frame = snapshot.frame;
    this.#at = snapshot.savedAt;
    this.#seq = snapshot.seq;
    this.#final = snapshot.final || isFinal(snapshot.frame.status.state);
  }

  /**
   * A stream of the same name runs since then, epoch milliseconds: gives whether the view, which ended with its own
   * stream before, may go on. Until a frame comes it does not count as live, and ends again without one.
   */
  revive(since: number): boolean {
    if (!this.#final || !isFinal(this.#frame.status.state) || since <= this.#at) return false;
    this.#final = false;
    this.#revived = true;
    this.#connection = 'connecting';
    return true;
  }

  connect(connection: Connection): void {
    const answers = connection === 'connecting' || connection === 'connected';
    if (this.#revived && !answers) this.#final = true;
    this.#revived &&= answers;
    this.#connection = connection;
  }

  pause(paused: boolean): void {
    this.#held = paused ? (this.#held ?? { frame: this.#frame, at: this.#at }) : null;
  }

  /** Shows a state of the past instead of what the pause holds; null leaves it. */
  showPast(past: { readonly frame: ViewFrame; readonly at: number } | null): void {
    this.#past = past;
  }

  dropped(count: number): void {
    this.#unreadable += count;
  }

  /** What would be saved in the notebook now; a pause holds the picture, not the data. */
  snapshot(view: ViewSnapshot['view']): ViewSnapshot {
    return {
      version: 1,
      view,
      frame: this.#frame,
      seq: this.#seq,
      savedAt: this.#at,
      final: this.#final
    };
  }

  get current(): ViewState {
    const { frame, at } = this.#past ?? this.#held ?? { frame: this.#frame, at: this.#at };
    return {
      badge: this.#badge(),
      frame,
      heldBack: Math.max(0, this.#frame.status.rows - frame.status.rows),
      ended: this.#final,
      stale: !this.#final && this.#connection !== 'connected' && this.#connection !== 'connecting',
      at,
      unreadable: this.#unreadable
    };
  }

  #badge(): Badge {
    if (this.#past !== null) return 'past';
    if (this.#held !== null) return 'paused';
    if (this.#final) return this.#frame.status.state === 'failed' ? 'failed' : 'stopped';
    switch (this.#connection) {
      case 'none':
        return 'offline';
      case 'lost':
        return 'reconnecting';
      case 'unknown':
        return 'restarted';
      case 'connecting':
        return this.#begins() ? this.#liveBadge() : 'connecting';
      case 'connected':
        return this.#liveBadge();
    }
  }

  #begins(): boolean {
    const { state } = this.#frame.status;
    return state === 'planned' || state === 'starting';
  }

  #liveBadge(): Badge {
    const { state, rows } = this.#frame.status;
    return state === 'live' && rows === 0 ? 'waiting' : state;
  }
}
