import type { Display, DisplayHandle } from '../../magics/contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { ViewSnapshot } from '../../shared/view.ts';
import { finalBundle, liveBundle, plainBundle, type DrawPng } from '../snapshot/snapshot-bundle.ts';

/** Time between plain updates, and how long a page has to say that it shows live frames, milliseconds. */
const PLAIN_MS = 1_000;
/** After so many plain updates the time between them doubles, so that a forgotten stream stays cheap. */
const UPDATES_A_STEP = 60;
const MAX_DOUBLINGS = 6;

export interface ViewOutputOptions {
  readonly display: Display;
  readonly clock: Clock;
  /** Whether any page with the extension has spoken to this kernel: it needs no plain updates. */
  readonly hasPages: () => boolean;
  readonly draw: DrawPng;
  readonly log: (line: string) => void;
}

/**
 * The output of a view in its cell. It is written once at the start and once at the end, because every
 * update makes the notebook dirty; only clients without live frames get updates in between.
 */
export class ViewOutput {
  readonly #options: ViewOutputOptions;
  readonly #handle: DisplayHandle;
  readonly #snapshot: () => ViewSnapshot;
  readonly #ended = new AbortController();

  /** Shows the first state and begins the plain updates. */
  constructor(options: ViewOutputOptions, snapshot: () => ViewSnapshot) {
    this.#options = options;
    this.#snapshot = snapshot;
    this.#handle = options.display.show(liveBundle(snapshot()));
    this.#updatePlainly().catch(() => undefined);
  }

  /** Writes the last state as picture, data and text. */
  async finish(): Promise<void> {
    this.#ended.abort();
    const { log } = this.#options;
    this.#handle.update(
      await finalBundle(this.#snapshot(), this.#options.draw).catch((error: unknown) => {
        log(`The picture of a view could not be drawn: ${String(error)}`);
        return plainBundle(this.#snapshot());
      })
    );
  }

  /** The kernel ends while the view runs: what a client without live frames sees last is the present. */
  suspend(): void {
    this.#ended.abort();
    if (!this.#options.hasPages()) this.#handle.update(plainBundle(this.#snapshot()));
  }

  /** Ends by the rejection of the clock. */
  async #updatePlainly(): Promise<void> {
    const { clock, hasPages } = this.#options;
    let updates = 0;
    let shown = this.#snapshot().seq;
    for (;;) {
      await clock.sleep(pauseAfter(updates), this.#ended.signal);
      if (hasPages()) return;
      const snapshot = this.#snapshot();
      if (snapshot.seq === shown) continue;
      shown = snapshot.seq;
      updates += 1;
      this.#handle.update(plainBundle(snapshot));
    }
  }
}

function pauseAfter(updates: number): number {
  return PLAIN_MS * 2 ** Math.min(MAX_DOUBLINGS, Math.floor(updates / UPDATES_A_STEP));
}
