import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { PartialJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { LiveView } from '../panels/live-view.ts';
import type { Timers } from '../panels/timers.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { viewSnapshotSchema, type ViewSnapshot } from '../shared/view.ts';
import type { LiveClient } from './live-client.ts';
import { PictureKeeper } from './picture-keeper.ts';
import { savedOutput } from './saved-output.ts';
import type { ViewSettings } from './view-settings.ts';

export interface ViewRendererOptions {
  /** Where frames come from; null where a notebook is only looked at. */
  readonly client: LiveClient | null;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
  readonly onDispose: (renderer: ViewRenderer) => void;
}

/** The output of a cell that holds a view: the saved picture at first, live when the kernel knows it. */
export class ViewRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #options: ViewRendererOptions;
  readonly #pictures: PictureKeeper;
  #live: LiveView | null = null;
  #model: IRenderMime.IMimeModel | null = null;
  #detach: (() => void) | null = null;
  #savedAt = 0;

  constructor(options: ViewRendererOptions) {
    super();
    this.#options = options;
    this.#pictures = new PictureKeeper(options.timers);
    this.addClass('jp-HeadraceOutput');
  }

  /** The view on the page; null before the first snapshot was understood. */
  get live(): LiveView | null {
    return this.#live;
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    const parsed = viewSnapshotSchema.safeParse(model.data[VIEW_MIME]);
    if (!parsed.success) this.#showUnreadable();
    else if (this.#live?.id === parsed.data.view.id) this.#live.restore(parsed.data);
    else this.#start(parsed.data);
    return Promise.resolve();
  }

  /** Writes what is shown into the notebook, unless it stands there already. */
  save(): void {
    if (this.#live === null || this.#model === null || this.#options.client === null) return;
    const snapshot = this.#live.snapshot();
    if (snapshot.savedAt <= this.#savedAt) return;
    this.#savedAt = snapshot.savedAt;
    const bundle = savedOutput(snapshot, this.#pictures.newest, this.#options.trans);
    this.#model.setData({ data: bundle as PartialJSONObject });
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#options.onDispose(this);
    this.#end();
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.#live?.attach();
  }

  protected override onBeforeDetach(message: Message): void {
    this.#live?.detach();
    super.onBeforeDetach(message);
  }

  #start(snapshot: ViewSnapshot): void {
    this.#end();
    this.#savedAt = snapshot.savedAt;
    const { client, timers, trans, settings } = this.#options;
    const live: LiveView = new LiveView({
      snapshot,
      timers,
      trans,
      asTable: settings().asTable,
      stop: () => client?.stop(snapshot.view.id),
      onVisible: visible => client?.setVisible(live, visible),
      onPainted: () => {
        if (client !== null) this.#pictures.offer(live.snapshot());
      },
      onFinal: () => void this.#saveLast()
    });
    this.#live = live;
    this.node.replaceChildren(live.node);
    if (client !== null) this.#detach = client.add(live);
    if (this.isAttached) live.attach();
  }

  /** The last state is written at once, with its picture: nothing would save it later. */
  async #saveLast(): Promise<void> {
    const live = this.#live;
    if (live === null) return;
    await this.#pictures.take(live.snapshot());
    if (!this.isDisposed && this.#live === live) this.save();
  }

  #end(): void {
    this.#detach?.();
    this.#detach = null;
    this.#pictures.dispose();
    this.#live?.dispose();
    this.#live = null;
  }

  #showUnreadable(): void {
    this.#end();
    this.node.textContent = this.#options.trans.__(
      'This view was saved by another version of Headrace. Run the cell again to see it.'
    );
  }
}
