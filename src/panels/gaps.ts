import type { TimeSpan } from './chart-input.ts';

/** Why a page did not follow. A view that is scrolled out of sight is not away: nobody wanted to see it. */
export type Absence = 'lost' | 'asleep' | 'reloaded';

/** A time in which this page missed what happened. */
export interface Gap extends TimeSpan {
  /** Result rows that came meanwhile; they are part of what is shown now. */
  readonly rows: number;
  readonly reason: Absence;
}

/** What a page that shows frames a few times a second would have noticed anyway, milliseconds. */
const MIN_GAP_MS = 3_000;
/** The oldest ones are forgotten. */
const MAX_GAPS = 20;

/** What the keeper is told of each frame: kernel's clock and the count of result rows. */
export interface Seen {
  readonly at: number;
  readonly rows: number;
}

/** Notices the times in which a page missed what happened. A quiet stream is not a gap. */
export class Gaps {
  #all: readonly Gap[] = [];
  #last: Seen | null = null;
  #absence: { readonly reason: Absence; readonly noticedAt: number } | null = null;

  /** The oldest first; another array after each new gap, and only then. */
  get all(): readonly Gap[] {
    return this.#all;
  }

  /**
   * Frames may have been missed up to this time of the kernel's clock; the first reason stays. Frames that were sent
   * earlier and waited in the page do not end the absence.
   */
  mark(reason: Absence, noticedAt: number): void {
    this.#absence ??= { reason, noticedAt };
  }

  /** A frame of the kernel was shown; gives the gap that ends with it. */
  see(seen: Seen): Gap | null {
    const gap = this.#gapBefore(seen);
    this.#last = seen;
    if (gap !== null || seen.at >= (this.#absence?.noticedAt ?? 0)) this.#absence = null;
    if (gap === null) return null;
    this.#all = [...this.#all, gap].slice(-MAX_GAPS);
    return gap;
  }

  /** What the notebook held was shown: the present may be far ahead of it. */
  restore(seen: Seen): void {
    this.#last = seen;
    this.#absence = { reason: 'reloaded', noticedAt: seen.at };
  }

  #gapBefore({ at, rows }: Seen): Gap | null {
    const last = this.#last;
    const reason = this.#absence?.reason;
    if (last === null || reason === undefined || at - last.at < MIN_GAP_MS) return null;
    // A stream that was started anew counts from zero.
    const missed = rows >= last.rows ? rows - last.rows : rows;
    const unseen = reason === 'reloaded' && last.rows === 0;
    return missed === 0 || unseen ? null : { from: last.at, to: at, rows: missed, reason };
  }
}
