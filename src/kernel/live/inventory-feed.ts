import type { Clock } from '../../runtime/clock.ts';
import { INVENTORY_MS } from '../../shared/live-protocol.ts';
import type { Inventory } from '../../shared/inventory.ts';

/** A page as the feed sees it. */
export interface InventoryReader {
  /** Whether it lists what runs. */
  readonly asksForInventory: boolean;
  /** Whether it does, and has acknowledged lately. */
  readonly takesInventory: boolean;
  offerInventory(inventory: Inventory): void;
}

export interface InventoryFeedOptions {
  readonly clock: Clock;
  readonly readers: () => Iterable<InventoryReader>;
  readonly take: (signal: AbortSignal) => Promise<Inventory>;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Looks at what runs about once a second while a page lists it, and not at all otherwise. */
export class InventoryFeed {
  readonly #options: InventoryFeedOptions;
  #running = false;

  constructor(options: InventoryFeedOptions) {
    this.#options = options;
  }

  /** Call it when a page may have begun to ask. */
  wake(): void {
    if (this.#running || !this.#readers().some(reader => reader.asksForInventory)) return;
    this.#running = true;
    this.#run()
      .catch(() => undefined)
      .finally(() => (this.#running = false));
  }

  #readers(): InventoryReader[] {
    return [...this.#options.readers()];
  }

  /** Ends by the rejection of the clock, or with the last page that asks. */
  async #run(): Promise<void> {
    const { clock, signal } = this.#options;
    while (this.#readers().some(reader => reader.asksForInventory)) {
      if (this.#readers().some(reader => reader.takesInventory)) await this.#take();
      await clock.sleep(INVENTORY_MS, signal);
    }
  }

  async #take(): Promise<void> {
    const { take, log, signal } = this.#options;
    try {
      const inventory = await take(signal);
      for (const reader of this.#readers())
        if (reader.takesInventory) reader.offerInventory(inventory);
    } catch (error) {
      if (!signal.aborted) log(`What runs could not be listed: ${String(error)}`);
    }
  }
}
