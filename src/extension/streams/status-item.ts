import { Signal, type ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { element, setAttribute, setText } from '../../panels/dom.ts';
import type { Timers } from '../../panels/timers.ts';
import type { Translate } from '../../panels/translate.ts';
import { glanceText } from './active.ts';
import type { Fleet } from './fleet.ts';

/**
 * How often the kernel of the notebook in front is asked, milliseconds. A look costs it one message; to be
 * told all the time would cost one a second, for a figure that nobody looks at most of the time.
 */
const LOOK_MS = 5_000;

export interface StatusItemOptions {
  readonly fleet: Fleet;
  /** Path of the notebook in front; null where there is none. */
  readonly path: () => string | null;
  readonly open: () => void;
  readonly timers: Timers;
  readonly trans: Translate;
}

/** `2 streams · 1,204/s`, of the notebook in front. Nothing is asked while the page is hidden. */
export class StatusItem extends Widget {
  readonly #options: StatusItemOptions;
  readonly #button = element('button', 'jp-HeadraceStatus', { type: 'button' });
  readonly #activeChanged = new Signal<this, void>(this);
  #text = '';
  #cancel: (() => void) | null = null;

  constructor(options: StatusItemOptions) {
    super();
    const { fleet, open } = options;
    this.#options = options;
    this.#button.addEventListener('click', () => open());
    this.node.append(this.#button);
    fleet.changed.connect(this.#refresh, this);
  }

  /** Whether there is something to say. */
  get isActive(): boolean {
    return this.#text !== '';
  }

  get activeChanged(): ISignal<this, void> {
    return this.#activeChanged;
  }

  /** Looks from time to time from now on. */
  start(): void {
    if (this.isDisposed) return;
    this.#cancel?.();
    this.#cancel = this.#options.timers.after(LOOK_MS, () => this.start());
    this.look();
  }

  /** Looks now. */
  look(): void {
    const path = this.#options.path();
    if (path !== null && !document.hidden) this.#options.fleet.glance(path);
    this.#refresh();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#cancel?.();
    this.#options.fleet.changed.disconnect(this.#refresh, this);
    Signal.clearData(this);
    super.dispose();
  }

  #refresh(): void {
    const { fleet, path, trans } = this.#options;
    const current = path();
    const entry = fleet.entries.find(one => one.path === current);
    const text = entry === undefined ? '' : glanceText(entry, trans);
    const wasActive = this.isActive;
    this.#text = text;
    setText(this.#button, text);
    setAttribute(this.#button, 'aria-label', trans.__('%1. Show what streams', text));
    setAttribute(this.#button, 'title', trans.__('Show what streams'));
    if (wasActive !== this.isActive) this.#activeChanged.emit();
  }
}
