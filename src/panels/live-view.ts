import { isFinal } from '../shared/stream-status.ts';
import type { ViewFrame, ViewSnapshot, ViewSpec } from '../shared/view.ts';
import { setAttribute } from './dom.ts';
import { gapText } from './gap-text.ts';
import { Gaps } from './gaps.ts';
import { KernelClock } from './kernel-clock.ts';
import { Painter } from './painter.ts';
import { keepPlainKeys } from './shortcuts.ts';
import type { Timers } from './timers.ts';
import type { Translate } from './translate.ts';
import { ViewPanel, type PanelActions, type PanelState } from './view-panel.ts';
import type { ViewSource } from './view-source.ts';
import { ViewModel, type Connection, type ViewState } from './view-state.ts';
import { watchSize, watchVisibility } from './visibility.ts';

const SECOND_MS = 1_000;
/** A second that took so much longer was a sleep. */
const SLEEP_MS = 5_000;

export interface LiveViewOptions {
  readonly snapshot: ViewSnapshot;
  readonly timers: Timers;
  readonly trans: Translate;
  /** Whether the table is shown at first. */
  readonly asTable: boolean;
  /** The kernel behind the view; null where a notebook is only looked at. */
  readonly source: ViewSource | null;
  /** Shows the view beside the notebook; null where that is not offered. */
  readonly openPanel: (() => void) | null;
  /** Whether the picture fills the place of the view, as in a dashboard; in a cell it is as high as it is. */
  readonly fills: boolean;
  /** Views that can be seen just now, this one among them: many are drawn in another way than few. */
  readonly viewsInSight: () => number;
  /** Frames are wanted while the view can be seen. */
  readonly onVisible: (visible: boolean) => void;
  /** A state was drawn. */
  readonly onPainted: () => void;
  /** The stream ended: no state follows. */
  readonly onFinal: () => void;
}

/**
 * One live view on a page: header, picture, the way into the past, and the line that says how the query runs.
 * It knows neither Jupyter nor the comm; whoever owns it feeds it and disposes of it.
 */
export class LiveView {
  readonly node: HTMLElement;
  readonly #options: LiveViewOptions;
  readonly #model: ViewModel;
  readonly #clock: KernelClock;
  readonly #gaps = new Gaps();
  readonly #panel: ViewPanel;
  readonly #painter: Painter<ViewState>;
  readonly #cleanup: (() => void)[] = [];
  readonly #since: number;
  #seq: number;
  #table: boolean;
  #stopping = false;
  #visible = false;
  #tick: (() => void) | null = null;
  #tickedAt = 0;

  constructor(options: LiveViewOptions) {
    const { snapshot, timers, trans } = options;
    this.#options = options;
    this.#seq = snapshot.seq;
    this.#table = options.asTable || snapshot.view.kind === 'table';
    this.#model = new ViewModel(snapshot);
    this.#clock = new KernelClock(timers);
    this.#since = this.#clock.now();
    this.#gaps.restore({ at: snapshot.savedAt, rows: snapshot.frame.status.rows });
    this.#panel = new ViewPanel(
      {
        view: snapshot.view,
        timers,
        trans,
        source: options.source,
        openPanel: options.openPanel,
        fills: options.fills,
        viewsInSight: options.viewsInSight,
        actions: this.#actions()
      },
      this.#now()
    );
    this.node = this.#panel.node;
    this.#painter = new Painter<ViewState>({
      timers,
      paint: state => this.#paint(state),
      onError: error => {
        this.#panel.picture.fail(error);
        this.#changed();
      }
    });
    this.#changed();
  }

  get id(): string {
    return this.view.id;
  }

  get view(): ViewSpec {
    return this.#options.snapshot.view;
  }

  get paused(): boolean {
    return this.#model.paused;
  }

  get showsTable(): boolean {
    return this.#table;
  }

  /** Whether the kernel is asked for frames: not for a stream that is known to have ended. */
  get wantsFrames(): boolean {
    return !this.#model.final;
  }

  /** Milliseconds that the last picture took. */
  get paintMs(): number {
    return this.#painter.lastPaintMs;
  }

  /** Starts to watch size and visibility; call it when the node is on the page. */
  attach(): void {
    this.detach();
    this.#cleanup.push(
      watchVisibility(this.node, visible => this.#setVisible(visible)),
      this.#watchRoom(),
      keepPlainKeys(this.node)
    );
  }

  /** The node is about to leave the page. */
  detach(): void {
    for (const clean of this.#cleanup.splice(0)) clean();
  }

  /** A frame of the kernel. Cheap: it is drawn before the next picture of the page. */
  receive(frame: ViewFrame, seq: number, at: number): void {
    this.#seq = seq;
    this.#stopping &&= !isFinal(frame.status.state);
    const wasFinal = this.#model.final;
    // By the clock before this frame: one that waited while the page slept would set it back.
    this.#noticeSleep();
    this.#clock.set(at);
    const gap = this.#gaps.see({ at, rows: frame.status.rows });
    if (gap !== null) this.#panel.tell(gapText(gap, this.#options.trans));
    this.#model.receive(frame, seq, at);
    this.#changed();
    if (this.#model.final && !wasFinal) this.#options.onFinal();
  }

  /** A snapshot that the notebook holds now. */
  restore(snapshot: ViewSnapshot): void {
    this.#model.restore(snapshot);
    this.#changed();
  }

  /** So many frames for this view could not be read. */
  dropped(count: number): void {
    this.#model.dropped(count);
    this.#changed();
  }

  connect(connection: Connection): void {
    if (connection === 'lost' || connection === 'unknown')
      this.#gaps.mark('lost', this.#clock.now());
    this.#model.connect(connection);
    this.#changed();
  }

  /** These streams run, by name, each since then; gives whether the view has ended and may now go on. */
  revive(running: ReadonlyMap<string, number>): boolean {
    const revived = this.#model.revive(running.get(this.view.stream) ?? -Infinity);
    if (revived) this.#changed();
    return revived;
  }

  /** Holds the picture from the next page frame on, while data go on arriving. */
  pause(paused: boolean): void {
    if (!paused) this.#panel.leavePast();
    this.#model.pause(paused);
    this.#changed();
  }

  /** Leaves a pause and the past. */
  toLive(): void {
    this.pause(false);
  }

  showTable(shown: boolean): void {
    this.#table = shown;
    if (!shown) this.#panel.picture.retry();
    this.#changed();
  }

  /** Draws again in the theme that the page has now. */
  refreshTheme(): void {
    this.#panel.picture.refreshTheme();
    this.#changed();
  }

  /** What to save in the notebook. */
  snapshot(): ViewSnapshot {
    return this.#model.snapshot(this.view);
  }

  dispose(): void {
    this.detach();
    this.#tick?.();
    this.#painter.dispose();
    this.#panel.dispose();
  }

  #actions(): PanelActions {
    return {
      pause: paused => this.pause(paused),
      showTable: shown => this.showTable(shown),
      stop: () => this.#stop(),
      toLive: () => this.toLive(),
      showPast: past => {
        this.#model.showPast(past);
        this.#changed();
      },
      changed: () => this.#changed()
    };
  }

  /** A picture in a cell makes its own height. */
  #watchRoom(): () => void {
    const { picture } = this.#panel;
    let width = 0;
    return watchSize(picture.node, room => {
      if (room.width === width && !this.#options.fills) return;
      width = room.width;
      picture.resize(room);
      this.#changed();
    });
  }

  #stop(): void {
    this.#stopping = true;
    this.#options.source?.stop();
    this.#changed();
  }

  #setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#painter.setVisible(visible);
    this.#options.onVisible(visible);
    this.#changed();
  }

  #now(): PanelState {
    const state = this.#model.current;
    const { paused, final } = this.#model;
    const follows = !(paused || state.stale || final);
    const asked = this.#options.source !== null && !state.stale;
    return {
      state,
      toolbar: {
        paused,
        table: this.#table,
        live: paused || follows,
        stoppable: asked && !final && (this.#stopping ? null : true)
      },
      past: {
        from: asked ? this.#model.newest.historyFrom : null,
        now: final ? this.#model.newestAt : this.#clock.now(),
        heldAt: paused ? state.at : null,
        gaps: this.#gaps.all
      },
      axisEnd: follows ? Math.max(state.at, this.#clock.second()) : state.at,
      since: this.#since
    };
  }

  #changed(): void {
    const next = this.#now();
    this.#panel.update(next);
    this.#painter.offer(next.state);
    this.#keepTime(next.state);
  }

  async #paint(state: ViewState): Promise<void> {
    await this.#panel.paint();
    setAttribute(this.node, 'data-at', String(state.at));
    setAttribute(this.node, 'data-seq', String(this.#seq));
    setAttribute(this.node, 'data-event-time', String(state.frame.eventTimeMax ?? ''));
    this.#options.onPainted();
  }

  /** A page that wakes may hear of its kernel before its own clock goes on. */
  #noticeSleep(): void {
    if (this.#tick === null || this.#options.timers.now() - this.#tickedAt <= SLEEP_MS) return;
    this.#gaps.mark('asleep', this.#clock.now());
  }

  /** Clocks and time axes go on although nothing arrives; a hidden view has none. */
  #keepTime({ ended, stale }: ViewState): void {
    if (!this.#visible || stale || (ended && !this.paused)) return;
    if (this.#tick !== null) return;
    this.#tickedAt = this.#options.timers.now();
    this.#tick = this.#options.timers.after(SECOND_MS, () => {
      this.#noticeSleep();
      this.#tick = null;
      this.#changed();
    });
  }
}
