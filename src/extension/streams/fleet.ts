import { Signal, type ISignal } from '@lumino/signaling';
import type { Timers } from '../../panels/timers.ts';
import type { Endable, Inventory } from '../../shared/inventory.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { LiveClient } from '../link/live-client.ts';
import { RateHistory } from './rate-history.ts';

/** How long a look at a kernel may take before it is given up, milliseconds. */
export const GLANCE_MS = 3_000;

/** What the fleet needs of the links of the page; see `KernelLinks`. */
export interface FleetLinks {
  readonly running: readonly string[];
  readonly runningChanged: ISignal<unknown, void>;
  acquire(path: string): {
    readonly link: { readonly client: Pick<LiveClient, 'list' | 'end' | 'ignored'> };
    dispose(): void;
  };
}

/** A notebook that runs, and what runs for it. */
export interface FleetEntry {
  readonly path: string;
  /** Null until its kernel has answered. */
  readonly inventory: Inventory | null;
  readonly rates: RateHistory;
  /** Messages of its kernel that could not be read. */
  readonly ignored: number;
}

interface Followed {
  readonly client: Pick<LiveClient, 'list' | 'end' | 'ignored'>;
  stop(): void;
}

/**
 * What runs for all notebooks of this server. Kernels are asked while somebody follows, or once for a
 * glance: who shows nothing costs nothing.
 */
export class Fleet {
  readonly #links: FleetLinks;
  readonly #timers: Pick<Timers, 'after'>;
  readonly #entries = new Map<string, FleetEntry>();
  readonly #followed = new Map<string, Followed>();
  readonly #glances = new Map<string, () => void>();
  readonly #changed = new Signal<this, void>(this);
  readonly #membersChanged = new Signal<this, void>(this);
  #followers = 0;
  #members = '';

  constructor(links: FleetLinks, timers: Pick<Timers, 'after'>) {
    this.#links = links;
    this.#timers = timers;
    links.runningChanged.connect(this.#onRunningChanged, this);
  }

  /** Notebooks that run, by path. */
  get entries(): FleetEntry[] {
    return this.#links.running.map(path => this.#entryOf(path));
  }

  /** Anything changed; up to once a second and kernel while it is followed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** A stream or a producer began or ended. */
  get membersChanged(): ISignal<this, void> {
    return this.#membersChanged;
  }

  /** Keeps all entries up to date from now on; the result ends that. */
  follow(): () => void {
    this.#followers += 1;
    this.#reconcile();
    let follows = true;
    return () => {
      if (follows) this.#followers -= 1;
      follows = false;
      this.#reconcile();
    };
  }

  /** Asks one kernel once what runs; `changed` tells of the answer. */
  glance(path: string): void {
    if (this.#glances.has(path) || !this.#links.running.includes(path)) return;
    const cancel = this.#timers.after(GLANCE_MS, () => this.#endGlance(path));
    this.#glances.set(path, cancel);
    this.#reconcile();
  }

  /** Asks all kernels once. */
  refresh(): void {
    for (const path of this.#links.running) this.glance(path);
  }

  /** Asks the kernels once that have not been asked yet. */
  refreshNew(): void {
    for (const { path, inventory } of this.entries) if (inventory === null) this.glance(path);
  }

  /** Ends something that a kernel has listed. */
  end(path: string, what: Endable, name: string): void {
    const followed = this.#followed.get(path);
    if (followed !== undefined) {
      followed.client.end(what, name);
      return;
    }
    // The comm is open only while somebody listens.
    const lease = this.#links.acquire(path);
    const { client } = lease.link;
    const stop = client.list(() => {
      stop();
      cancel();
      client.end(what, name);
      lease.dispose();
    });
    const cancel = this.#timers.after(GLANCE_MS, () => {
      stop();
      lease.dispose();
    });
  }

  dispose(): void {
    this.#links.runningChanged.disconnect(this.#onRunningChanged, this);
    for (const cancel of this.#glances.values()) cancel();
    this.#glances.clear();
    this.#followers = 0;
    this.#reconcile();
    Signal.clearData(this);
  }

  #entryOf(path: string): FleetEntry {
    return (
      this.#entries.get(path) ?? { path, inventory: null, rates: new RateHistory(), ignored: 0 }
    );
  }

  /** Asks the kernels that are wanted, and no others. */
  #reconcile(): void {
    const running = this.#links.running;
    const wanted = running.filter(path => this.#followers > 0 || this.#glances.has(path));
    for (const [path, followed] of [...this.#followed])
      if (!wanted.includes(path)) {
        this.#followed.delete(path);
        followed.stop();
      }
    for (const path of wanted) if (!this.#followed.has(path)) this.#ask(path);
    for (const path of [...this.#entries.keys()])
      if (!running.includes(path)) this.#entries.delete(path);
    this.#tellMembers();
  }

  #ask(path: string): void {
    const lease = this.#links.acquire(path);
    const { client } = lease.link;
    const stopList = client.list(inventory => this.#take(path, inventory, client.ignored));
    this.#followed.set(path, {
      client,
      stop: () => {
        stopList();
        lease.dispose();
      }
    });
  }

  #take(path: string, inventory: Inventory, ignored: number): void {
    const { rates } = this.#entryOf(path);
    rates.note(inventory);
    this.#entries.set(path, { path, inventory, rates, ignored });
    this.#endGlance(path);
    this.#changed.emit();
    this.#tellMembers();
  }

  #endGlance(path: string): void {
    this.#glances.get(path)?.();
    if (this.#glances.delete(path)) this.#reconcile();
  }

  #tellMembers(): void {
    const members = this.entries
      .flatMap(({ path, inventory }) => [
        path,
        ...(inventory?.streams ?? []).filter(one => !isFinal(one.state)).map(one => one.name),
        ...(inventory?.producers ?? []).filter(one => one.state === 'running').map(one => one.name)
      ])
      .join('\n');
    if (members === this.#members) return;
    this.#members = members;
    this.#membersChanged.emit();
  }

  #onRunningChanged(): void {
    this.#reconcile();
    this.#changed.emit();
  }
}
