import { element, setAttribute, setText } from '../../panels/dom.ts';
import { Icon, type Shape } from '../../panels/icons.ts';
import type { LiveView } from '../../panels/live-view.ts';
import type { Timers } from '../../panels/timers.ts';
import type { Translate } from '../../panels/translate.ts';
import type { Connection } from '../../panels/view-state.ts';
import type { ViewSnapshot } from '../../shared/view.ts';
import type { LiveClient } from '../link/live-client.ts';
import { ViewHost } from '../view-host.ts';
import type { ViewSettings } from '../view-settings.ts';
import { blankSnapshot } from './blank-snapshot.ts';

export interface ViewTileOptions {
  /** Id of the view. */
  readonly id: string;
  readonly client: LiveClient;
  /** What a cell shows of it just now; null where none does. */
  readonly present: ViewSnapshot | null;
  /** Looks for what its notebook keeps of it. */
  readonly find: () => Promise<ViewSnapshot | null>;
  readonly move: (by: 1 | -1) => void;
  readonly remove: () => void;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
}

/**
 * A view in a dashboard, with the buttons that move it and take it away. It begins with what a cell shows,
 * what the notebook keeps, or what the kernel says that it is, whichever is there first.
 */
export class ViewTile {
  readonly node: HTMLElement;
  readonly #options: ViewTileOptions;
  readonly #place = element('div', 'jp-HeadraceTile-view');
  readonly #note: HTMLElement;
  readonly #earlier: HTMLButtonElement;
  readonly #later: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  #host: ViewHost | null = null;
  #attached = false;
  #disposed = false;
  #searched = false;
  #connection: Connection = 'connecting';
  #stopWaiting: (() => void) | null = null;

  constructor(options: ViewTileOptions) {
    const { trans, present } = options;
    this.#options = options;
    this.#note = element('p', 'jp-HeadraceTile-note', {}, trans.__('Looking for the view…'));
    this.#earlier = tileButton('earlier', () => options.move(-1));
    this.#later = tileButton('later', () => options.move(1));
    this.#remove = tileButton('cross', () => options.remove());
    this.#place.append(this.#note);
    this.node = element(
      'li',
      'jp-HeadraceTile',
      {},
      element(
        'div',
        'jp-HeadraceTile-actions',
        { role: 'group', 'aria-label': trans.__('Place of the view') },
        this.#earlier,
        this.#later,
        this.#remove
      ),
      this.#place
    );
    this.#label();
    if (present === null) this.#wait();
    else this.#start(present);
  }

  get id(): string {
    return this.#options.id;
  }

  /** The view, once it is known what it is. */
  get live(): LiveView | null {
    return this.#host?.live ?? null;
  }

  get title(): string {
    return this.live?.view.title ?? this.#options.trans.__('view');
  }

  /** Where it can be moved to. */
  setMoves(earlier: boolean, later: boolean): void {
    this.#earlier.disabled = !earlier;
    this.#later.disabled = !later;
  }

  /** Puts the focus back on the button that moved the tile, or on its neighbour at the end of the way. */
  focusMove(by: 1 | -1): void {
    const [wanted, other] = by < 0 ? [this.#earlier, this.#later] : [this.#later, this.#earlier];
    (wanted.disabled ? other : wanted).focus();
  }

  /** The node is on the page. */
  attach(): void {
    this.#attached = true;
    this.live?.attach();
  }

  /** The node is about to leave the page. */
  detach(): void {
    this.#attached = false;
    this.live?.detach();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopWaiting?.();
    this.#host?.dispose();
    this.node.remove();
  }

  /** Asks kernel and notebook what the view is. */
  #wait(): void {
    const { id, client, timers } = this.#options;
    const sink = {
      id,
      wantsFrames: true,
      paintMs: 0,
      receive: () => undefined,
      dropped: () => undefined,
      connect: (connection: Connection) => {
        this.#connection = connection;
        this.#showWaiting();
      },
      describe: (view: ViewSnapshot['view']) => this.#start(blankSnapshot(view, timers.now()))
    };
    this.#stopWaiting = client.add(sink);
    client.setVisible(sink, true);
    void this.#search();
  }

  async #search(): Promise<void> {
    const found = await this.#options.find();
    this.#searched = true;
    if (this.#disposed) return;
    if (found === null) this.#showWaiting();
    else if (this.live === null) this.#start(found);
    else this.live.restore(found);
  }

  #start(snapshot: ViewSnapshot): void {
    if (this.#host !== null || this.#disposed) return;
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    const { client, timers, trans, settings } = this.#options;
    this.#host = new ViewHost({
      snapshot,
      client,
      timers,
      trans,
      settings,
      openPanel: null,
      fills: true
    });
    this.#place.replaceChildren(this.#host.live.node);
    this.#label();
    if (this.#attached) this.#host.live.attach();
  }

  #showWaiting(): void {
    const { trans } = this.#options;
    const gone = this.#connection === 'none' || this.#connection === 'unknown';
    const text =
      gone && this.#searched
        ? trans.__('This view is not known any more. Run its cell again, and open it from there.')
        : trans.__('Looking for the view…');
    setText(this.#note, text);
  }

  #label(): void {
    const { trans } = this.#options;
    const name = this.title;
    for (const [button, text] of [
      [this.#earlier, trans.__('Move %1 earlier', name)],
      [this.#later, trans.__('Move %1 later', name)],
      [this.#remove, trans.__('Remove %1 from the dashboard', name)]
    ] as const) {
      setAttribute(button, 'aria-label', text);
      setAttribute(button, 'title', text);
    }
  }
}

function tileButton(kind: 'earlier' | 'later' | 'cross', press: () => void): HTMLButtonElement {
  const shape: Shape = kind === 'cross' ? 'cross' : 'play';
  const button = element('button', 'jp-HeadraceTile-button', { type: 'button' });
  button.dataset.kind = kind;
  button.append(new Icon(shape).node);
  button.addEventListener('click', press);
  return button;
}
