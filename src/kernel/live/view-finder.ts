import type { Clock } from '../../runtime/clock.ts';
import type { RecordedView } from '../../runtime/notebook/port.ts';

/** A view that was not found is not looked for again sooner than this, milliseconds. */
const RETRY_MS = 5_000;

export interface ViewFinderOptions {
  readonly clock: Clock;
  readonly find: (id: string) => Promise<RecordedView | null>;
  readonly onFound: (found: RecordedView) => void;
  readonly log: (line: string) => void;
}

/** Looks for views of an earlier kernel, once for all pages that ask at the same time. */
export class ViewFinder {
  readonly #options: ViewFinderOptions;
  readonly #askedAt = new Map<string, number>();

  constructor(options: ViewFinderOptions) {
    this.#options = options;
  }

  /** Begins to look for those that were not looked for just now. */
  look(ids: readonly string[]): void {
    const now = this.#options.clock.now();
    for (const [id, at] of this.#askedAt) if (now - at >= RETRY_MS) this.#askedAt.delete(id);
    for (const id of ids) {
      if (this.#askedAt.has(id)) continue;
      this.#askedAt.set(id, now);
      void this.#find(id);
    }
  }

  async #find(id: string): Promise<void> {
    const { find, onFound, log } = this.#options;
    try {
      const found = await find(id);
      if (found !== null) onFound(found);
    } catch (error) {
      log(`The view ${id} could not be found again: ${String(error)}`);
    }
  }
}
