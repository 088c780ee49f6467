import { viewFrameSchema, type ViewFrame } from '../../shared/view.ts';

/** Time between two kept states, and how far back they reach, milliseconds. */
const STEP_MS = 1_000;
const SPAN_MS = 300_000;
/** Characters of JSON that one view keeps at most: five minutes of a table of fifty rows. */
const MAX_LENGTH = 2_000_000;

/** A state as it was at a time, epoch milliseconds. */
export interface KeptFrame {
  readonly frame: ViewFrame;
  readonly at: number;
}

interface Entry {
  readonly at: number;
  /** Compact, and nothing that later changes could reach. */
  readonly json: string;
}

/**
 * The states of a view over the last minutes, one a second at most. Where they are too large for that,
 * the older half is thinned out, so that the past gets coarser before it gets shorter.
 */
export class FrameHistory {
  readonly #maxLength: number;
  #entries: Entry[] = [];
  #length = 0;
  #version: number | null = null;

  constructor(maxLength = MAX_LENGTH) {
    this.#maxLength = maxLength;
  }

  /** The oldest kept moment; null before the first. */
  get from(): number | null {
    return this.#entries[0]?.at ?? null;
  }

  /**
   * Offers the present state. It is asked for only where it is due: when its `version` is another one than
   * that of the last kept state, which is old enough.
   */
  offer(at: number, version: number, frame: () => ViewFrame): void {
    const last = this.#entries.at(-1);
    if (version === this.#version || (last !== undefined && at - last.at < STEP_MS)) return;
    this.#version = version;
    this.#push(at, frame);
  }

  /** Keeps the last state of a view, whatever the time since the one before it. */
  end(at: number, frame: () => ViewFrame): void {
    this.#push(at, frame);
  }

  /** The newest kept state that is not newer than `at`; the oldest one for a time before it. */
  look(at: number): KeptFrame | null {
    const found = this.#entries.findLast(entry => entry.at <= at) ?? this.#entries[0];
    if (found === undefined) return null;
    return { at: found.at, frame: viewFrameSchema.parse(JSON.parse(found.json)) };
  }

  #push(at: number, frame: () => ViewFrame): void {
    const json = JSON.stringify(frame());
    this.#entries.push({ at, json });
    this.#length += json.length;
    this.#forgetOld(at);
    if (this.#length > this.#maxLength) this.#thinOut();
  }

  /** One state from before the span stays: it was the present at the span's beginning. */
  #forgetOld(now: number): void {
    const first = this.#entries.findIndex(({ at }) => at >= now - SPAN_MS);
    if (first > 1) this.#keep((_, index) => index >= first - 1);
  }

  #thinOut(): void {
    const half = this.#entries.length / 2;
    this.#keep((_, index) => index >= half || index % 2 === 0);
    while (this.#length > this.#maxLength && this.#entries.length > 1)
      this.#length -= this.#entries.shift()?.json.length ?? 0;
  }

  #keep(kept: (entry: Entry, index: number) => boolean): void {
    this.#entries = this.#entries.filter(kept);
    this.#length = this.#entries.reduce((sum, { json }) => sum + json.length, 0);
  }
}
