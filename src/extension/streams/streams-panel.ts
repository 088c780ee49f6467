import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { element } from '../../panels/dom.ts';
import type { Translate } from '../../panels/translate.ts';
import type { Fleet, FleetEntry } from './fleet.ts';
import { KeyedList } from './keyed-list.ts';
import { NotebookPart, type NotebookActions } from './notebook-part.ts';

export interface StreamsPanelOptions {
  readonly fleet: Fleet;
  readonly actions: NotebookActions;
  readonly trans: Translate;
}

/** What runs, at the side of the page. The kernels are asked only while it can be seen. */
export class StreamsPanel extends Widget {
  readonly #fleet: Fleet;
  readonly #empty: HTMLElement;
  readonly #notebooks: KeyedList<FleetEntry>;
  #unfollow: (() => void) | null = null;

  constructor({ fleet, actions, trans }: StreamsPanelOptions) {
    super();
    this.#fleet = fleet;
    this.addClass('jp-HeadraceStreams');
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Streams'));
    this.#empty = element(
      'p',
      'jp-HeadraceStreams-empty',
      {},
      trans.__(
        'No streaming notebook runs. Open a notebook with the kernel Headrace and run a %stream cell.'
      )
    );
    const notebooks = element('div', 'jp-HeadraceStreams-groups');
    this.#notebooks = new KeyedList(
      notebooks,
      entry => entry.path,
      entry => new NotebookPart(entry, actions, trans)
    );
    this.node.append(this.#empty, notebooks);
    fleet.changed.connect(this.#refresh, this);
    this.#refresh();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#fleet.changed.disconnect(this.#refresh, this);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#setFollowing(false);
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#onVisibility();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#onVisibility();
  }

  protected override onBeforeHide(message: Message): void {
    this.#setFollowing(false);
    super.onBeforeHide(message);
  }

  protected override onBeforeDetach(message: Message): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#setFollowing(false);
    super.onBeforeDetach(message);
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  readonly #onVisibility = (): void => {
    this.#setFollowing(this.isVisible && !document.hidden);
  };

  #setFollowing(following: boolean): void {
    if (following === (this.#unfollow !== null)) return;
    this.#unfollow?.();
    this.#unfollow = following ? this.#fleet.follow() : null;
    if (following) this.#refresh();
  }

  #refresh(): void {
    const entries = this.#fleet.entries;
    this.#empty.hidden = entries.length > 0;
    this.toggleClass('jp-mod-several', entries.length > 1);
    this.#notebooks.update(entries);
  }
}
