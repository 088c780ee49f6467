import { isFinal } from '../shared/stream-status.ts';
import type { ViewFrame, ViewSnapshot, ViewSpec } from '../shared/view.ts';
import { element, setAttribute, setText } from './dom.ts';
import { Header } from './header.ts';
import { Painter } from './painter.ts';
import { Picture } from './picture.ts';
import { badgeText, modeText, summaryText } from './texts.ts';
import { Throttle } from './throttle.ts';
import type { Timers } from './timers.ts';
import { Toolbar } from './toolbar.ts';
import type { Translate } from './translate.ts';
import type { ViewSource } from './view-source.ts';
import { ViewModel, type Badge, type Connection, type ViewState } from './view-state.ts';
import { watchVisibility, watchWidth } from './visibility.ts';

/** Figures are rewritten this often, so that digits can be read. */
const HEADER_MS = 250;
/** Screen readers are told of changes of state this often. */
const SPEAK_MS = 10_000;
const SECOND_MS = 1_000;

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
  /** Frames are wanted while the view can be seen. */
  readonly onVisible: (visible: boolean) => void;
  /** A state was drawn. */
  readonly onPainted: () => void;
  /** The stream ended: no state follows. */
  readonly onFinal: () => void;
}

/**
 * One live view on a page: header, picture, and the line that says how the query runs. It knows
 * neither Jupyter nor the comm; whoever owns it feeds it and disposes of it.
 */
export class LiveView {
  readonly node: HTMLElement;
  readonly #options: LiveViewOptions;
  readonly #model: ViewModel;
  readonly #toolbar: Toolbar;
  readonly #picture: Picture;
  readonly #painter: Painter<ViewState>;
  readonly #header: Header;
  readonly #figures: Throttle<ViewState>;
  readonly #speech: Throttle<string>;
  readonly #mode = element('p', 'jp-HeadraceView-mode');
  readonly #spoken = element('p', 'jp-HeadraceView-spoken', { role: 'status' });
  readonly #cleanup: (() => void)[] = [];
  #seq: number;
  #badge: Badge | null = null;
  #table: boolean;
  #stopping = false;
  #unreadable = 0;
  #tick: (() => void) | null = null;

  constructor(options: LiveViewOptions) {
    const { snapshot, timers, trans } = options;
    this.#options = options;
    this.#seq = snapshot.seq;
    this.#table = options.asTable;
    this.#model = new ViewModel(snapshot);
    this.#toolbar = new Toolbar(
      {
        pause: paused => this.pause(paused),
        showTable: shown => this.showTable(shown),
        stop: () => this.#stop()
      },
      trans
    );
    this.#header = new Header(snapshot.view, this.#toolbar.node, trans);
    this.#figures = new Throttle(timers, HEADER_MS, state => this.#header.update(state));
    this.#speech = new Throttle(timers, SPEAK_MS, text => setText(this.#spoken, text));
    this.#picture = new Picture(snapshot.view, timers, trans);
    this.#painter = new Painter<ViewState>({
      timers,
      paint: state => this.#paint(state),
      onError: error => {
        this.#picture.fail(error);
        this.#changed();
      }
    });
    this.node = element(
      'section',
      'jp-HeadraceView',
      { 'aria-label': trans.__('Live view: %1', snapshot.view.title) },
      this.#header.node,
      this.#picture.node,
      this.#mode,
      this.#spoken
    );
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
      watchVisibility(this.node, visible => {
        this.#painter.setVisible(visible);
        this.#options.onVisible(visible);
      }),
      watchWidth(this.#picture.node, width => {
        this.#picture.resize(width);
        this.#changed();
      })
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
    this.#model.receive(frame, seq, at);
    this.#changed();
    if (this.#model.final && !wasFinal) this.#options.onFinal();
  }

  /** A snapshot that the notebook holds now. */
  restore(snapshot: ViewSnapshot): void {
    this.#model.restore(snapshot);
    this.#changed();
  }

  connect(connection: Connection): void {
    this.#model.connect(connection);
    this.#changed();
  }

  /** Holds the picture from the next page frame on, while data go on arriving. */
  pause(paused: boolean): void {
    this.#model.pause(paused);
    this.#changed();
  }

  /** Leaves a pause and the past. */
  toLive(): void {
    this.pause(false);
  }

  /** So many frames for this view could not be read. */
  dropped(count: number): void {
    this.#unreadable += count;
    this.#changed();
  }

  showTable(shown: boolean): void {
    this.#table = shown;
    this.#changed();
  }

  /** Draws again in the theme that the page has now. */
  refreshTheme(): void {
    this.#picture.refreshTheme();
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
    this.#figures.dispose();
    this.#speech.dispose();
    this.#picture.dispose();
    this.node.remove();
  }

  #stop(): void {
    this.#stopping = true;
    this.#options.source?.stop();
    this.#changed();
  }

  #changed(): void {
    const state = this.#model.current;
    const { badge, stale } = state;
    this.#toolbar.update({
      paused: this.#model.paused,
      table: this.#table,
      live: this.#model.paused || !(stale || this.#model.final),
      stoppable: stale || this.#model.final ? false : this.#stopping ? null : true
    });
    setAttribute(this.node, 'data-state', badge);
    setText(this.#mode, modeText(state, this.#options.trans));
    if (badge === this.#badge) this.#figures.offer(state);
    else this.#showBadge(state);
    this.#painter.offer(state);
    this.#keepCounting(badge);
  }

  async #paint(state: ViewState): Promise<void> {
    await this.#picture.draw(state, this.#table);
    setAttribute(this.node, 'data-seq', String(this.#seq));
    setAttribute(this.node, 'data-event-time', String(state.frame.eventTimeMax ?? ''));
    this.#options.onPainted();
  }

  /** A change of state is shown at once, and told to screen readers. */
  #showBadge(state: ViewState): void {
    const { trans } = this.#options;
    const first = this.#badge === null;
    this.#badge = state.badge;
    this.#header.update(state);
    const summary = summaryText(this.view, state.frame, trans);
    if (!first) this.#speech.offer(`${badgeText(state.badge, trans)}. ${summary}`);
  }

  /** "Starting the query… 3 s" counts on although nothing arrives. */
  #keepCounting(badge: Badge): void {
    this.#tick?.();
    this.#tick =
      badge === 'starting' || badge === 'planned'
        ? this.#options.timers.after(SECOND_MS, () => this.#changed())
        : null;
  }
}
