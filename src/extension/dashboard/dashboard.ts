import { PathExt } from '@jupyterlab/coreutils';
import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { element, setText } from '../../panels/dom.ts';
import type { LiveView } from '../../panels/live-view.ts';
import type { Timers } from '../../panels/timers.ts';
import type { Translate } from '../../panels/translate.ts';
import type { LinkLease } from '../link/kernel-links.ts';
import type { ViewSettings } from '../view-settings.ts';
import { DashboardState, type DashboardArgs } from './dashboard-state.ts';
import { columnsFor } from './grid.ts';
import { Presentation } from './presentation.ts';
import { PresenterBar } from './presenter-bar.ts';
import type { SavedViews } from './saved-views.ts';
import { ViewTile } from './view-tile.ts';

export interface DashboardOptions {
  readonly args: DashboardArgs;
  /** The link to the kernel of the notebook; the dashboard disposes of it. */
  readonly lease: LinkLease;
  readonly saved: SavedViews;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
  /** Opens the notebook; null where that cannot be done. */
  readonly openNotebook: ((path: string) => void) | null;
}

/** The views of one notebook side by side. It goes on when the notebook is closed and its kernel runs. */
export class Dashboard extends Widget {
  readonly #options: DashboardOptions;
  readonly #state: DashboardState;
  readonly #changed = new Signal<this, void>(this);
  readonly #tiles = new Map<string, ViewTile>();
  readonly #grid: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #notice: HTMLElement;
  readonly #bar: PresenterBar;
  readonly #presentation: Presentation;

  constructor(options: DashboardOptions) {
    super();
    const { args, lease, trans } = options;
    this.#options = options;
    this.#state = new DashboardState(args);
    this.addClass('jp-HeadraceDashboard');
    this.node.tabIndex = -1;
    this.#grid = element('ul', 'jp-HeadraceDashboard-grid', { role: 'list' });
    this.#grid.setAttribute('aria-label', trans.__('Views'));
    this.#empty = element(
      'p',
      'jp-HeadraceDashboard-empty',
      {},
      trans.__('No view is here yet. Open one with the button “Open beside” above it.')
    );
    this.#notice = this.#createNotice();
    this.#bar = new PresenterBar(
      { step: by => this.#presentation.step(by), end: () => this.#presentation.end() },
      trans
    );
    this.#presentation = new Presentation({
      node: this.node,
      count: () => this.#state.views.length,
      onChange: () => this.#layOut()
    });
    this.node.append(this.#notice, this.#empty, this.#grid, this.#bar.node);
    lease.link.kernelChanged.connect(this.#showKernel, this);
    lease.link.pathChanged.connect(this.#rename, this);
    for (const view of this.#state.views) this.#addTile(view);
    this.#showKernel();
    this.#label();
    this.#layOut();
  }

  /** What the workspace has to keep. */
  get args(): DashboardArgs {
    return this.#state.args;
  }

  get path(): string {
    return this.#state.path;
  }

  /** What the workspace has to keep is not the same any more. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get presenting(): boolean {
    return this.#presentation.active;
  }

  /** The views that are shown; not those that are still looked for. */
  get views(): LiveView[] {
    return [...this.#tiles.values()].flatMap(({ live }) => live ?? []);
  }

  /** Adds a view at the end, unless it is there, and brings it into sight. */
  open(view: string): void {
    if (this.#state.add(view)) {
      this.#addTile(view);
      this.#layOut();
      this.#changed.emit();
    }
    this.#tiles.get(view)?.node.scrollIntoView({ block: 'nearest' });
  }

  /** Begins or ends the presentation. */
  async present(presenting: boolean): Promise<void> {
    if (presenting) await this.#presentation.start();
    else this.#presentation.end();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    const { lease } = this.#options;
    this.#presentation.dispose();
    lease.link.kernelChanged.disconnect(this.#showKernel, this);
    lease.link.pathChanged.disconnect(this.#rename, this);
    for (const tile of this.#tiles.values()) tile.dispose();
    this.#tiles.clear();
    lease.dispose();
    Signal.clearData(this);
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // The widget around it names its content as it does any.
    this.#label();
    for (const tile of this.#tiles.values()) tile.attach();
    this.#layOut();
  }

  protected override onBeforeDetach(message: Message): void {
    this.#presentation.end();
    for (const tile of this.#tiles.values()) tile.detach();
    super.onBeforeDetach(message);
  }

  protected override onResize(message: Widget.ResizeMessage): void {
    super.onResize(message);
    this.#layOut();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#layOut();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus({ preventScroll: true });
  }

  #addTile(view: string): void {
    const { lease, saved, timers, trans, settings } = this.#options;
    const tile = new ViewTile({
      id: view,
      client: lease.link.client,
      present: saved.present(this.path, view),
      find: () => saved.find(this.path, view),
      move: by => this.#move(view, by),
      remove: () => this.#remove(view),
      timers,
      trans,
      settings
    });
    this.#tiles.set(view, tile);
    this.#grid.append(tile.node);
    if (this.isAttached) tile.attach();
  }

  #move(view: string, by: 1 | -1): void {
    const tile = this.#tiles.get(view);
    if (tile === undefined || !this.#state.move(view, by)) return;
    const index = this.#state.views.indexOf(view);
    const next = this.#state.views[index + 1];
    const before = next === undefined ? null : (this.#tiles.get(next)?.node ?? null);
    this.#grid.insertBefore(tile.node, before);
    this.#layOut();
    tile.focusMove(by);
    this.#changed.emit();
  }

  #remove(view: string): void {
    if (!this.#state.remove(view)) return;
    this.#tiles.get(view)?.dispose();
    this.#tiles.delete(view);
    this.#presentation.limit();
    this.#layOut();
    this.node.focus();
    this.#changed.emit();
  }

  /** Shows what there is to show, in as many columns as fit. */
  #layOut(): void {
    const { views } = this.#state;
    const { active, index } = this.#presentation;
    const shown = index === null ? views.length : 1;
    const { clientWidth, clientHeight } = this.node;
    this.#grid.style.setProperty(
      '--jp-headrace-columns',
      String(columnsFor(Math.max(1, shown), clientWidth, clientHeight))
    );
    views.forEach((view, at) => {
      const tile = this.#tiles.get(view);
      if (tile === undefined) return;
      tile.node.hidden = index !== null && at !== index;
      tile.setMoves(this.#state.canMove(view, -1), this.#state.canMove(view, 1));
    });
    this.#grid.hidden = views.length === 0;
    this.#empty.hidden = views.length > 0;
    this.#bar.update(active, this.#presentationText(index));
  }

  #presentationText(index: number | null): string {
    const { trans } = this.#options;
    const { views } = this.#state;
    const view = index === null ? undefined : views[index];
    if (index === null || view === undefined) return trans._n('%1 view', '%1 views', views.length);
    const name = this.#tiles.get(view)?.title ?? '';
    return trans.__('%1: %2 of %3', name, index + 1, views.length);
  }

  #createNotice(): HTMLElement {
    const { trans, openNotebook } = this.#options;
    const text = element('span', '', {}, trans.__('The notebook is not running.'));
    const notice = element('p', 'jp-HeadraceDashboard-notice', { role: 'status' }, text);
    if (openNotebook === null) return notice;
    const button = element('button', 'jp-HeadraceTile-button', { type: 'button' });
    setText(button, trans.__('Open the Notebook'));
    button.addEventListener('click', () => openNotebook(this.path));
    notice.append(button);
    return notice;
  }

  #showKernel(): void {
    this.#notice.hidden = this.#options.lease.link.state !== 'none';
  }

  #rename(_: unknown, path: string): void {
    this.#state.rename(path);
    this.#label();
    this.#changed.emit();
  }

  #label(): void {
    const { trans } = this.#options;
    const name = PathExt.basename(this.path, PathExt.extname(this.path));
    this.title.label = trans.__('Dashboard of %1', name);
    this.title.caption = trans.__('Live views of %1', this.path);
    this.node.setAttribute('aria-label', this.title.label);
    this.node.setAttribute('role', 'region');
  }
}
