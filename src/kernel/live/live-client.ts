import type { Clock } from '../../runtime/clock.ts';
import type { Endable, Inventory } from '../../shared/inventory.ts';
import {
  DEFAULT_TICK_MS,
  DROP_MS,
  LEASE_MS,
  MIN_TICK_MS,
  clientMessageSchema,
  type ClientMessage,
  type ServerMessage
} from '../../shared/live-protocol.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';
import { Answers, type AskedView } from './answers.ts';
import type { InventoryReader } from './inventory-feed.ts';

/** A page that paints slowly gets a frame at most this rarely, milliseconds: slower, but never stopped. */
const MAX_TICK_MS = 2_000;
/** Painting may take at most this share of the time of a page. */
const PAINT_SHARE = 0.5;

/** A view as a client needs it. */
export interface WatchedView extends AskedView {
  readonly spec: ViewSpec;
  frame(): ViewFrame;
}

export interface LiveClientOptions {
  readonly clock: Clock;
  readonly send: (message: ServerMessage) => void;
  readonly find: (view: string) => WatchedView | undefined;
  /** Streams that run, as the protocol says it. */
  readonly running: () => Readonly<Record<string, number>>;
  /** The page begins to watch these; ended ones among them may be found alive after it. */
  readonly onWatched: (views: readonly string[]) => void;
  /** The page watches views that this kernel does not know; whoever finds one calls `refresh`. */
  readonly onUnknown: (views: readonly string[]) => void;
  readonly onStop: (view: string) => void;
  readonly onEnd: (what: Endable, name: string) => void;
  /** The page may have begun to list what runs. */
  readonly onInventory: () => void;
  /** The page has been silent for so long that it is gone. */
  readonly onGone: () => void;
  readonly log: (line: string) => void;
}

/**
 * One page that shows live views. A change is sent at once when the last message is older than the
 * tick, else at the end of the tick, with every other view that changed: never more than one message a
 * tick. A page that does not acknowledge gets nothing, and one that speaks again gets the present.
 */
export class LiveClient implements InventoryReader {
  readonly #options: LiveClientOptions;
  readonly #closed = new AbortController();
  readonly #answers: Answers;
  readonly #changed = new Set<string>();
  #watched: readonly string[] = [];
  #tickMs = DEFAULT_TICK_MS;
  #paintMs = 0;
  #seq = 0;
  #sentAt = -Infinity;
  #heardAt: number;
  #waiting = false;
  #asksForInventory = false;
  /** What runs, until it is sent. */
  #inventory: Inventory | null = null;
  #nonsense = 0;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#answers = new Answers({ ...options, signal: this.#closed.signal });
    this.#awaitSilence().catch(() => undefined);
  }

  /** Takes a message of the page; one that is not understood is logged. */
  receive(data: unknown): void {
    this.#heardAt = this.#options.clock.now();
    const parsed = clientMessageSchema.safeParse(data);
    if (parsed.success) this.#handle(parsed.data);
    else this.#notUnderstood();
  }

  get asksForInventory(): boolean {
    return this.#asksForInventory;
  }

  get takesInventory(): boolean {
    return this.#asksForInventory && this.#hasCredit;
  }

  /** Goes out with the next message, newest only. */
  offerInventory(inventory: Inventory): void {
    this.#inventory = inventory;
    this.#pump();
  }

  /** A view has a new state. */
  changed(view: string): void {
    if (!this.#watched.includes(view)) return;
    this.#changed.add(view);
    this.#pump();
  }

  /** Says once more which of the watched views exist, with the present state of each. */
  refresh(): void {
    const known = this.#watched.flatMap(id => this.#options.find(id) ?? []);
    const unknown = this.#watched.filter(id => this.#options.find(id) === undefined);
    const running = { ...this.#options.running() };
    this.#options.send({ type: 'views', views: known.map(view => view.spec), unknown, running });
    for (const { spec } of known) this.#changed.add(spec.id);
    this.#sentAt = -Infinity;
    this.#pump();
  }

  /** As `refresh`, for a page that waits for this view. */
  refreshIfWatching(view: string): void {
    if (this.#watched.includes(view)) this.refresh();
  }

  close(): void {
    this.#closed.abort();
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'watch':
        this.#watch(message);
        return;
      case 'ack':
        this.#paintMs = message.paintMs ?? this.#paintMs;
        this.#pump();
        return;
      case 'stop':
        this.#options.onStop(message.view);
        return;
      case 'end':
        this.#options.onEnd(message.what, message.name);
        return;
      case 'look':
        this.#answers.look(message);
        return;
      case 'trace':
        this.#answers.trace(message);
    }
  }

  /** A page that only begins or ends to list what runs has the present already. */
  #watch({ views, inventory = false, tickMs }: Extract<ClientMessage, { type: 'watch' }>): void {
    const sameViews = views.join('\n') === this.#watched.join('\n');
    const onlyInventory = sameViews && inventory !== this.#asksForInventory;
    this.#watched = views;
    this.#asksForInventory = inventory;
    this.#tickMs = tickMs ?? this.#tickMs;
    if (!onlyInventory) this.#begin();
    if (inventory) this.#options.onInventory();
  }

  #begin(): void {
    this.#changed.clear();
    this.#options.onWatched(this.#watched);
    this.refresh();
    const unknown = this.#watched.filter(id => this.#options.find(id) === undefined);
    if (unknown.length > 0) this.#options.onUnknown(unknown);
  }

  /** Sends what changed, now or at the end of the tick; does nothing without the page's credit. */
  #pump(): void {
    const nothing = this.#changed.size === 0 && this.#inventory === null;
    if (this.#waiting || nothing || this.#closed.signal.aborted || !this.#hasCredit) return;
    const { clock } = this.#options;
    const wait = this.#sentAt + this.#tick() - clock.now();
    if (wait <= 0) this.#sendFrames();
    else this.#pumpAfter(wait).catch(() => undefined);
  }

  async #pumpAfter(ms: number): Promise<void> {
    this.#waiting = true;
    await this.#options.clock.sleep(ms, this.#closed.signal);
    this.#waiting = false;
    this.#pump();
  }

  get #hasCredit(): boolean {
    return this.#options.clock.now() - this.#heardAt <= LEASE_MS;
  }

  /** Said once: a page that speaks another language does so every second. */
  #notUnderstood(): void {
    this.#nonsense += 1;
    if (this.#nonsense > 1) return;
    this.#options.log('A page sent a message about live views that is not understood.');
  }

  #tick(): number {
    const affordable = Math.max(MIN_TICK_MS, this.#tickMs, this.#paintMs / PAINT_SHARE);
    return Math.min(MAX_TICK_MS, affordable);
  }

  #sendFrames(): void {
    const views = Object.fromEntries(
      [...this.#changed].flatMap(id => {
        const view = this.#options.find(id);
        return view === undefined ? [] : [[id, view.frame()] as const];
      })
    );
    this.#changed.clear();
    const at = this.#options.clock.now();
    this.#sentAt = at;
    this.#seq += 1;
    const inventory = this.#inventory === null ? {} : { inventory: this.#inventory };
    this.#inventory = null;
    this.#options.send({ type: 'frame', seq: this.#seq, at, views, ...inventory });
  }

  async #awaitSilence(): Promise<void> {
    const { clock, onGone } = this.#options;
    for (let left = DROP_MS; left > 0; left = this.#heardAt + DROP_MS - clock.now())
      await clock.sleep(left, this.#closed.signal);
    onGone();
  }
}
