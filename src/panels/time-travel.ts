import type { PastFrame } from './view-source.ts';

export interface TimeTravelOptions {
  /** The newest kept state that is not newer than `at`. */
  readonly look: (at: number) => Promise<PastFrame | null>;
  /** What is shown has changed; see `shown` and `trouble`. */
  readonly onChange: () => void;
}

/** Why an asked time is not shown. */
export type TravelTrouble = 'none-kept' | 'no-answer';

/**
 * The way through the kept states of a view. One question is on its way at most, and the newest wish
 * wins: who drags a slider asks for more times than a kernel can answer.
 */
export class TimeTravel {
  readonly #options: TimeTravelOptions;
  #wanted: number | null = null;
  #asking = false;
  #shown: PastFrame | null = null;
  #trouble: TravelTrouble | null = null;

  constructor(options: TimeTravelOptions) {
    this.#options = options;
  }

  /** Where the traveller is, epoch milliseconds of the kernel's clock; null in the present. */
  get at(): number | null {
    return this.#wanted;
  }

  /** The state to show; null in the present, and before the first answer. */
  get shown(): PastFrame | null {
    return this.#shown;
  }

  get trouble(): TravelTrouble | null {
    return this.#trouble;
  }

  /** Goes to a time. The last state stays until the answer is there. */
  seek(at: number): void {
    if (at === this.#wanted) return;
    this.#wanted = at;
    this.#options.onChange();
    if (!this.#asking) void this.#ask(at);
  }

  /** Back to the present; an answer on its way is not shown. */
  leave(): void {
    if (this.#wanted === null) return;
    this.#wanted = null;
    this.#shown = null;
    this.#trouble = null;
    this.#options.onChange();
  }

  async #ask(at: number): Promise<void> {
    this.#asking = true;
    try {
      this.#take(await this.#options.look(at));
    } catch {
      this.#take('no-answer');
    }
    this.#asking = false;
    const next = this.#wanted;
    if (next !== null && next !== at) void this.#ask(next);
  }

  #take(answer: PastFrame | null | 'no-answer'): void {
    if (this.#wanted === null) return;
    if (answer === null) this.#trouble = 'none-kept';
    else if (answer === 'no-answer') this.#trouble = answer;
    else {
      this.#trouble = null;
      this.#shown = answer;
    }
    this.#options.onChange();
  }
}
