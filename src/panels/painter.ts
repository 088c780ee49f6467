import type { Timers } from './timers.ts';

export interface PainterOptions<T> {
  readonly timers: Pick<Timers, 'nextFrame' | 'now'>;
  /** Draws one state; the next one waits for it. */
  readonly paint: (state: T) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Draws at most one state a page frame, never two at once, and always the newest: states that arrive
 * in between are skipped. Vega loses changes that overlap (https://github.com/vega/vega/issues/2513).
 */
export class Painter<T> {
  readonly #options: PainterOptions<T>;
  #waiting: { readonly state: T } | null = null;
  #cancelFrame: (() => void) | null = null;
  #painting = false;
  #visible = false;
  #disposed = false;
  #lastPaintMs = 0;

  constructor(options: PainterOptions<T>) {
    this.#options = options;
  }

  /** Milliseconds that the last state took to draw. */
  get lastPaintMs(): number {
    return this.#lastPaintMs;
  }

  /** Takes a state to draw in the place of any that still waits. */
  offer(state: T): void {
    this.#waiting = { state };
    this.#schedule();
  }

  /** Nothing is drawn while invisible; the newest state is drawn on return. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#schedule();
  }

  dispose(): void {
    this.#disposed = true;
    this.#waiting = null;
    this.#cancelFrame?.();
  }

  #schedule(): void {
    const idle = this.#cancelFrame === null && !this.#painting;
    if (!idle || this.#disposed || !this.#visible || this.#waiting === null) return;
    this.#cancelFrame = this.#options.timers.nextFrame(() => void this.#paint());
  }

  async #paint(): Promise<void> {
    this.#cancelFrame = null;
    const waiting = this.#waiting;
    if (waiting === null || !this.#visible || this.#disposed) return;
    this.#waiting = null;
    this.#painting = true;
    const startedAt = this.#options.timers.now();
    try {
      await this.#options.paint(waiting.state);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#lastPaintMs = this.#options.timers.now() - startedAt;
      this.#painting = false;
      this.#schedule();
    }
  }
}
