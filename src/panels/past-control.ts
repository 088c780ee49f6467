import type { Gap } from './gaps.ts';
import { Scrubber } from './scrubber.ts';
import { TimeTravel } from './time-travel.ts';
import type { Translate } from './translate.ts';
import type { PastFrame, ViewSource } from './view-source.ts';

export interface PastControlOptions {
  readonly source: ViewSource | null;
  readonly trans: Translate;
  /** Somebody went into the past: the picture is held from now on. */
  readonly onSeek: () => void;
  /** Somebody wants to see the present. */
  readonly toLive: () => void;
  /** Another state of the past is shown, or none. */
  readonly onChange: (past: PastFrame | null) => void;
}

/** What the slider is drawn from. */
export interface PastState {
  /** Oldest kept moment; null where the kernel keeps none or cannot be asked. */
  readonly from: number | null;
  /** The kernel's clock now. */
  readonly now: number;
  /** When the picture that a pause holds was true; null in the present. */
  readonly heldAt: number | null;
  readonly gaps: readonly Gap[];
}

/** The way into the last minutes of a view: slider and answers of the kernel. */
export class PastControl {
  readonly #scrubber: Scrubber;
  readonly #travel: TimeTravel;
  #range = { from: 0, to: 0 };

  constructor({ source, trans, onSeek, toLive, onChange }: PastControlOptions) {
    this.#travel = new TimeTravel({
      look: at => source?.look(at) ?? Promise.resolve(null),
      onChange: () => onChange(this.#travel.shown)
    });
    const seek = (at: number): void => {
      onSeek();
      this.#travel.seek(at);
    };
    this.#scrubber = new Scrubber({ seek, toLive }, trans);
  }

  get node(): HTMLElement {
    return this.#scrubber.node;
  }

  update({ from, now, heldAt, gaps }: PastState): void {
    this.node.hidden = from === null;
    if (from === null) return;
    const to = Math.max(now, from + 1_000);
    if (from !== this.#range.from || to !== this.#range.to) this.#range = { from, to };
    const at = this.#travel.at ?? heldAt;
    this.#scrubber.update({ range: this.#range, at, gaps, trouble: this.#travel.trouble });
  }

  leave(): void {
    this.#travel.leave();
  }
}
