/** First wait before something is tried again, doubled up to the last. */
const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** When to try again: at once, then less and less often. Times in milliseconds. */
export class Retry {
  #waitMs = FIRST_MS;
  #notBefore = 0;

  /** How long to wait from now on; 0 is at once. */
  wait(now: number): number {
    return Math.max(0, this.#notBefore - now);
  }

  /** It is tried now; the next one has to wait. */
  tried(now: number): void {
    this.#notBefore = now + this.#waitMs;
    this.#waitMs = Math.min(LONGEST_MS, this.#waitMs * 2);
  }

  /** Nothing but a change of the circumstances gives a reason to try again soon. */
  giveUp(now: number): void {
    this.#notBefore = now + LONGEST_MS;
  }

  /** It worked, or circumstances have changed. */
  reset(): void {
    this.#waitMs = FIRST_MS;
    this.#notBefore = 0;
  }
}
