import { VIEW_BOUNDS, type Cell } from '../../shared/view.ts';

/** Lines that can be told apart by colour and pattern. */
const MAX_SERIES = 8;
/** Series without a slot that are counted, so that memory is bounded. */
const MAX_LEFT_OUT = 10_000;
/** What a row without a series is called. */
const NO_NAME = '(none)';

/** Columns of a frame that are slots, in their order. */
export const SLOT_COLUMNS: readonly string[] = Array.from(
  { length: MAX_SERIES },
  (_, slot) => `s${slot}`
);

/** The name of a series from its cell. */
export function seriesName(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? NO_NAME : String(cell).slice(0, VIEW_BOUNDS.name);
}

/**
 * Which series has which slot. The largest series of the rows that come first get slots, later ones what is
 * left. A series keeps its slot, and so its colour, as long as the view lives.
 */
export class SeriesSlots {
  readonly #slots = new Map<string, number>();
  readonly #leftOut = new Set<string>();

  /** Series that got no slot. */
  get dropped(): number {
    return this.#leftOut.size;
  }

  /** Names of the used slots by column. */
  get labels(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#slots].map(([name, slot]) => [SLOT_COLUMNS[slot] ?? '', name])
    );
  }

  slotOf(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** Gives free slots to series that have none, the largest first. */
  assign(sums: ReadonlyMap<string, number>): void {
    const fresh = [...sums].filter(([name]) => !this.#slots.has(name));
    fresh.sort(([, left], [, right]) => right - left);
    for (const [name] of fresh) {
      if (this.#slots.size < MAX_SERIES) this.#slots.set(name, this.#slots.size);
      else if (this.#leftOut.size < MAX_LEFT_OUT) this.#leftOut.add(name);
    }
  }
}
