import { Throttle } from '../panels/throttle.ts';
import type { Timers } from '../panels/timers.ts';
import { MAX_PICTURE_BYTES } from './saved-output.ts';
import { savedChart } from '../shared/saved/saved-chart.ts';
import { definitionComplaints } from '../shared/vega/guard.ts';
import type { ViewSnapshot } from '../shared/view.ts';

/** A picture costs some 40 ms of the page, and a save cannot wait for one. */
const PICTURE_MS = 10_000;

/** Keeps a recent picture of a view at hand, for the next save. */
export class PictureKeeper {
  readonly #throttle: Throttle<ViewSnapshot>;
  #newest: string | null = null;

  constructor(timers: Timers) {
    this.#throttle = new Throttle(timers, PICTURE_MS, snapshot => void this.take(snapshot));
  }

  /** PNG as base64; null before the first one. */
  get newest(): string | null {
    return this.#newest;
  }

  /** A state that may be worth a picture. */
  offer(snapshot: ViewSnapshot): void {
    if (snapshot.frame.total > 0) this.#throttle.offer(snapshot);
  }

  /** Takes a picture now; one that cannot be taken is left out of the notebook. */
  async take(snapshot: ViewSnapshot): Promise<void> {
    if (definitionComplaints(snapshot.view.definition ?? {}).length > 0) return;
    const { drawPng } = await import('../panels/chart.ts');
    this.#newest = await drawPng(savedChart(snapshot), MAX_PICTURE_BYTES).catch(() => null);
  }

  dispose(): void {
    this.#throttle.dispose();
    this.#newest = null;
  }
}
