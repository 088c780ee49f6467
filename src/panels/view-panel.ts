import { dryHop } from '../shared/dry-hop.ts';
import type { ViewFrame, ViewSpec } from '../shared/view.ts';
import { element, setAttribute, setText } from './dom.ts';
import { emptyText } from './empty-text.ts';
import { exportView } from './exporter.ts';
import { Header } from './header.ts';
import { Notice } from './notice.ts';
import { PastControl, type PastState } from './past-control.ts';
import { Picture, type PictureState } from './picture.ts';
import { RecordsDrawer } from './records-drawer.ts';
import { rowName } from './records-text.ts';
import type { Row } from './row-order.ts';
import { badgeText, modeText, summaryText } from './texts.ts';
import { Throttle } from './throttle.ts';
import type { Timers } from './timers.ts';
import { Toolbar, type Export, type ToolbarState } from './toolbar.ts';
import type { Translate } from './translate.ts';
import type { PastFrame, ViewSource } from './view-source.ts';
import type { Badge, ViewState } from './view-state.ts';
import { ZoomControl } from './zoom-control.ts';

/** Figures are rewritten this often, so that digits can be read. */
const HEADER_MS = 250;
/** Screen readers are told of changes of state this often. */
const SPEAK_MS = 10_000;

/** What a person does to a view. */
export interface PanelActions {
  readonly pause: (paused: boolean) => void;
  readonly showTable: (shown: boolean) => void;
  readonly stop: () => void;
  readonly toLive: () => void;
  /** Another state of the past is there to be shown; null leaves the past. */
  readonly showPast: (past: PastFrame | null) => void;
  /** Something of how the picture is looked at has changed. */
  readonly changed: () => void;
}

export interface ViewPanelOptions {
  readonly view: ViewSpec;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly source: ViewSource | null;
  readonly openPanel: (() => void) | null;
  /** Whether the picture fills a place of its own. */
  readonly fills: boolean;
  /** Views that can be seen just now, this one among them. */
  readonly viewsInSight: () => number;
  readonly actions: PanelActions;
}

/** Everything that a view shows at one moment. */
export interface PanelState {
  readonly state: ViewState;
  readonly toolbar: ToolbarState;
  readonly past: PastState;
  /** Right end of a time axis that follows, epoch milliseconds. */
  readonly axisEnd: number;
  /** First moment that is known of the view, epoch milliseconds. */
  readonly since: number;
}

/** The parts of a live view on the page, put together. */
export class ViewPanel {
  readonly node: HTMLElement;
  readonly picture: Picture;
  readonly #options: ViewPanelOptions;
  readonly #toolbar: Toolbar;
  readonly #header: Header;
  readonly #zoom: ZoomControl;
  readonly #past: PastControl;
  readonly #records: RecordsDrawer;
  readonly #notice: Notice;
  readonly #speech: Throttle<string>;
  readonly #mode = element('p', 'jp-HeadraceView-mode');
  readonly #spoken = element('p', 'jp-HeadraceView-spoken', { role: 'status' });
  #shown: PanelState;
  #badge: Badge | null = null;
  #figuresAt = -Infinity;

  constructor(options: ViewPanelOptions, first: PanelState) {
    const { view, timers, trans, source, openPanel, fills, viewsInSight, actions } = options;
    this.#options = options;
    this.#shown = first;
    this.#toolbar = new Toolbar(
      { ...actions, openPanel, export: what => void this.#export(what) },
      trans
    );
    this.picture = new Picture(view, {
      timers,
      trans,
      fills,
      viewsInSight,
      onPick: row => this.#trace(row)
    });
    this.#zoom = new ZoomControl({
      view,
      trans,
      stage: this.picture.stage,
      enlarged: () => this.picture.enlarged,
      shown: () => this.#looked(),
      onChange: actions.changed
    });
    this.#past = new PastControl({
      source,
      trans,
      onSeek: () => actions.pause(true),
      toLive: actions.toLive,
      onChange: actions.showPast
    });
    this.#records = new RecordsDrawer(trans);
    this.#notice = new Notice(trans);
    this.picture.node.append(this.#zoom.node);
    this.#header = new Header(view, this.#toolbar.node, trans);
    this.#speech = new Throttle(timers, SPEAK_MS, text => setText(this.#spoken, text));
    this.node = this.#assemble();
    this.node.addEventListener('keydown', event => this.#key(event));
    this.update(first);
  }

  /** Cheap: it is called for each frame. What needs to be read by a person changes a few times a second. */
  update(next: PanelState): void {
    this.#shown = next;
    const { state, toolbar } = next;
    const table = toolbar.table || this.picture.faulty;
    this.#toolbar.update({ ...toolbar, table });
    setAttribute(this.node, 'data-state', state.badge);
    setText(this.#mode, modeText(state, this.#options.trans));
    if (state.badge !== this.#badge) this.#showBadge(state);
  }

  /** Draws what `update` was told last. */
  async paint(): Promise<void> {
    if (this.#options.timers.now() - this.#figuresAt >= HEADER_MS)
      this.#showFigures(this.#shown.state);
    await this.picture.draw(this.#pictureState());
  }

  /** Says one line that can be put away. */
  tell(text: string): void {
    this.#notice.show(text);
    this.#speech.offer(text);
  }

  leavePast(): void {
    this.#past.leave();
  }

  dispose(): void {
    this.#speech.dispose();
    this.picture.dispose();
    this.node.remove();
  }

  #assemble(): HTMLElement {
    const { view, trans } = this.#options;
    return element(
      'section',
      'jp-HeadraceView',
      { 'aria-label': trans.__('Live view: %1', view.title), 'data-kind': view.kind },
      this.#header.node,
      this.#notice.node,
      this.picture.node,
      this.#past.node,
      this.#records.node,
      this.#mode,
      this.#spoken
    );
  }

  #looked(): { readonly frame: ViewFrame; readonly at: number } {
    return { frame: this.#shown.state.frame, at: this.#shown.axisEnd };
  }

  #pictureState(): PictureState {
    const { trans } = this.#options;
    const { state, toolbar, past, axisEnd, since } = this.#shown;
    const { status, total } = state.frame;
    const moment = { now: past.now, since, hop: dryHop(status, total) };
    return {
      state,
      table: toolbar.table,
      span: this.#zoom.span(axisEnd),
      gaps: past.gaps,
      empty: () => emptyText(state, moment, trans)
    };
  }

  /** A change of state is shown at once, and told to screen readers. */
  #showBadge(state: ViewState): void {
    const { trans, view } = this.#options;
    const first = this.#badge === null;
    this.#badge = state.badge;
    this.#showFigures(state);
    const summary = summaryText(view, state.frame, trans);
    if (!first) this.#speech.offer(`${badgeText(state.badge, trans)}. ${summary}`);
  }

  /** Within the painting of a state: by a timer of its own it would cost the page a further layout. */
  #showFigures(state: ViewState): void {
    this.#figuresAt = this.#options.timers.now();
    this.#header.update(state);
    this.#past.update(this.#shown.past);
  }

  #trace(row: Row): void {
    const { source, view } = this.#options;
    if (source === null) return;
    void this.#records.open(rowName(view, row), source.trace(row));
  }

  async #export(what: Export): Promise<void> {
    const { view, trans } = this.#options;
    const { state } = this.#shown;
    try {
      const picture = this.#pictureState();
      await exportView(what, view, state, () => this.picture.toSvg(picture));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.tell(trans.__('Nothing was saved: %1', reason));
    }
  }

  #key(event: KeyboardEvent): void {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!plain || event.key.toLowerCase() !== 'l' || !this.#shown.toolbar.paused) return;
    event.preventDefault();
    event.stopPropagation();
    this.#options.actions.toLive();
  }
}
