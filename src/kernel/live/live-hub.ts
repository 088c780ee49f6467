import type { Display, LiveView, Views } from '../../magics/contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { RecordedView } from '../../runtime/notebook/port.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import { LIVE_COMM_TARGET } from '../../shared/names.ts';
import type { Endable, Inventory } from '../../shared/inventory.ts';
import type { ViewSpec } from '../../shared/view.ts';
import type { Comm, CommEndpoint, CommManager } from '../comms/comm-manager.ts';
import type { DrawPng } from '../snapshot/snapshot-bundle.ts';
import { InventoryFeed } from './inventory-feed.ts';
import { LiveClient } from './live-client.ts';
import { RunningStreams } from './running-streams.ts';
import type { ViewOutputOptions } from './view-output.ts';
import { ViewFinder } from './view-finder.ts';
import { ViewSession, type Trace } from './view-session.ts';

/** Ended views that are kept, so that a page that was away sees how they ended. */
const MAX_ENDED = 50;

export interface LiveHubOptions {
  readonly comms: CommManager;
  readonly clock: Clock;
  readonly draw: DrawPng;
  /** Finds a view that an earlier kernel of this notebook opened, with its stream; null when there is none. */
  readonly findView: (id: string, signal: AbortSignal) => Promise<RecordedView | null>;
  readonly trace: Trace;
  readonly inventory: InventorySource;
  readonly log: (line: string) => void;
}

/** What runs for the notebook, and how it is ended. */
export interface InventorySource {
  /** Lists it; `views` are those of this kernel. */
  take(
    views: readonly Pick<ViewSpec, 'id' | 'title' | 'stream'>[],
    signal: AbortSignal
  ): Promise<Inventory>;
  end(what: Endable, name: string, signal: AbortSignal): Promise<void>;
}

/** The live views of a kernel and the pages that show them. */
export class LiveHub implements Views {
  readonly #options: LiveHubOptions;
  readonly #sessions = new Map<string, ViewSession>();
  readonly #clients = new Map<string, LiveClient>();
  readonly #closed = new AbortController();
  readonly #streams: RunningStreams;
  readonly #finder: ViewFinder;
  readonly #feed: InventoryFeed;
  #hadPages = false;

  constructor(options: LiveHubOptions) {
    this.#options = options;
    this.#streams = new RunningStreams(options.clock);
    this.#finder = new ViewFinder({
      clock: options.clock,
      find: id => options.findView(id, this.#closed.signal),
      onFound: ({ view, stream }) => this.#adopt(view, stream),
      log: options.log
    });
    this.#feed = new InventoryFeed({
      clock: options.clock,
      readers: () => this.#clients.values(),
      take: signal => options.inventory.take(this.#listed(), signal),
      log: options.log,
      signal: this.#closed.signal
    });
    options.comms.register(LIVE_COMM_TARGET, comm => this.#accept(comm));
  }

  open(view: ViewSpec, stream: StreamHandle, display: Display): LiveView {
    const { clock, draw, log } = this.#options;
    const hasPages = () => this.#hadPages;
    return this.#add(view, stream, { display, clock, draw, hasPages, log });
  }

  /** The kernel ends; the streams go on. */
  close(): void {
    this.#closed.abort();
    for (const client of this.#clients.values()) client.close();
    for (const session of this.#sessions.values()) session.suspend();
  }

  #adopt(view: ViewSpec, stream: StreamHandle): void {
    if (!this.#sessions.has(view.id)) this.#add(view, stream);
    for (const client of this.#clients.values()) client.refreshIfWatching(view.id);
  }

  /** Views that a page asks for once more go on with the stream that has followed theirs. */
  #revive(ids: readonly string[]): void {
    for (const id of ids) {
      const session = this.#sessions.get(id);
      const stream = session && this.#streams.get(session.spec.stream);
      if (stream !== undefined && session?.goesOnWith(stream) === true)
        this.#add(session.spec, stream);
    }
  }

  #add(view: ViewSpec, stream: StreamHandle, output?: ViewOutputOptions): ViewSession {
    const session = new ViewSession({
      view,
      stream,
      clock: this.#options.clock,
      trace: this.#options.trace,
      ...(output === undefined ? {} : { output }),
      onChange: id => this.#changed(id)
    });
    this.#sessions.set(view.id, session);
    this.#forgetEnded();
    if (this.#streams.add(stream)) for (const client of this.#clients.values()) client.refresh();
    return session;
  }

  #accept(comm: Comm): CommEndpoint {
    this.#hadPages = true;
    const { clock, comms, log } = this.#options;
    const forget = () => {
      this.#clients.get(comm.id)?.close();
      this.#clients.delete(comm.id);
    };
    const client = new LiveClient({
      clock,
      send: message => comm.send(message),
      find: id => this.#sessions.get(id),
      running: () => this.#streams.since(),
      onWatched: ids => this.#revive(ids),
      onUnknown: ids => this.#finder.look(ids),
      onStop: id => this.#stop(id),
      onEnd: (what, name) => this.#end(what, name),
      onInventory: () => this.#feed.wake(),
      onGone: () => {
        forget();
        comms.forget(comm.id);
      },
      log
    });
    this.#clients.set(comm.id, client);
    return { message: data => client.receive(data), closed: forget };
  }

  #changed(id: string): void {
    for (const client of this.#clients.values()) client.changed(id);
  }

  /** What can be looked at. A view that ended before its stream was started again may stand in no cell any more. */
  #listed(): ViewSpec[] {
    return [...this.#sessions.values()]
      .filter(({ ended, spec }) => !ended || this.#streams.get(spec.stream) === undefined)
      .map(({ spec }) => spec);
  }

  #end(what: Endable, name: string): void {
    this.#options.inventory
      .end(what, name, this.#closed.signal)
      .catch((error: unknown) =>
        this.#options.log(`The ${what} ${name} was not ended: ${String(error)}`)
      );
  }

  #stop(id: string): void {
    this.#sessions
      .get(id)
      ?.stop(this.#closed.signal)
      .catch((error: unknown) => this.#options.log(`A stream was not stopped: ${String(error)}`));
  }

  #forgetEnded(): void {
    const ended = [...this.#sessions].filter(([, session]) => session.ended);
    for (const [id] of ended.slice(0, -MAX_ENDED)) this.#sessions.delete(id);
  }
}
