import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { PartialJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { element } from '../panels/dom.ts';
import type { LiveView } from '../panels/live-view.ts';
import type { Timers } from '../panels/timers.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import type { ViewSnapshot } from '../shared/view.ts';
import type { LiveClient } from './link/live-client.ts';
import { readSnapshot } from './link/read-message.ts';
import { PictureKeeper } from './picture-keeper.ts';
import { savedOutput } from './saved-output.ts';
import { ViewHost } from './view-host.ts';
import type { ViewSettings } from './view-settings.ts';

export interface ViewRendererOptions {
  /** Where frames come from; null where a notebook is only looked at. */
  readonly client: LiveClient | null;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
  /** Shows a view beside the notebook; null where there is no place for it. */
  readonly openView: ((id: string) => void) | null;
  readonly onDispose: (renderer: ViewRenderer) => void;
}

/** The output of a cell that holds a view: the saved picture at first, live when the kernel knows it. */
export class ViewRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #options: ViewRendererOptions;
  readonly #pictures: PictureKeeper;
  #host: ViewHost | null = null;
  #model: IRenderMime.IMimeModel | null = null;
  #savedAt = 0;
  #unreadable = 0;

  constructor(options: ViewRendererOptions) {
    super();
    this.#options = options;
    this.#pictures = new PictureKeeper(options.timers);
    this.addClass('jp-HeadraceOutput');
  }

  /** The view on the page; null before the first snapshot was understood. */
  get live(): LiveView | null {
    return this.#host?.live ?? null;
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    const snapshot = readSnapshot(model.data[VIEW_MIME]);
    if (snapshot === null) this.#refuse();
    else if (this.live?.id === snapshot.view.id) this.live.restore(snapshot);
    else this.#start(snapshot);
    return Promise.resolve();
  }

  /** Writes what is shown into the notebook, unless it stands there already. */
  save(): void {
    const live = this.live;
    if (live === null || this.#model === null || this.#options.client === null) return;
    const snapshot = live.snapshot();
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
    this.live?.attach();
  }

  protected override onBeforeDetach(message: Message): void {
    this.live?.detach();
    super.onBeforeDetach(message);
  }

  #start(snapshot: ViewSnapshot): void {
    this.#end();
    this.#savedAt = snapshot.savedAt;
    const { client, timers, trans, settings, openView } = this.#options;
    const { id } = snapshot.view;
    const host: ViewHost = new ViewHost({
      snapshot,
      client,
      timers,
      trans,
      settings,
      openPanel: openView === null ? null : () => openView(id),
      fills: false,
      onPainted: () => {
        if (client !== null) this.#pictures.offer(host.live.snapshot());
      },
      onFinal: () => void this.#saveLast()
    });
    this.#host = host;
    this.node.replaceChildren(host.live.node);
    if (this.isAttached) host.live.attach();
  }

  /** The last state is written at once, with its picture: nothing would save it later. */
  async #saveLast(): Promise<void> {
    const live = this.live;
    if (live === null) return;
    await this.#pictures.take(live.snapshot());
    if (!this.isDisposed && this.live === live) this.save();
  }

  #end(): void {
    this.#pictures.dispose();
    this.#host?.dispose();
    this.#host = null;
  }

  /** What cannot be read does not take away what is shown; it is counted, here or by the view. */
  #refuse(): void {
    this.#unreadable += 1;
    if (this.live === null) this.#showUnreadable();
    else this.live.dropped(1);
  }

  #showUnreadable(): void {
    const text = this.#options.trans._n(
      'This view cannot be read. It was saved by another version of Headrace, or changed since. Run the cell again to see it.',
      'This view cannot be read (%1 times). It was saved by another version of Headrace, or changed since. Run the cell again to see it.',
      this.#unreadable
    );
    this.node.replaceChildren(element('p', 'jp-HeadraceOutput-notice', { role: 'note' }, text));
  }
}
