import type { Timers } from '../../src/panels/timers.ts';

interface Waiting {
  readonly due: number;
  readonly call: () => void;
}

/** Timers that stand still until a test moves them; frames come when they are asked for. */
export class ManualTimers implements Timers {
  #now = 1_000_000;
  readonly #waiting = new Set<Waiting>();
  readonly #frames = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const waiting = { due: this.#now + ms, call };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  nextFrame(call: () => void): () => void {
    this.#frames.add(call);
    return () => this.#frames.delete(call);
  }

  /** Page frames that somebody waits for. */
  get frames(): number {
    return this.#frames.size;
  }

  /** Lets time pass; what falls due in it is called in order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = next.due;
      this.#waiting.delete(next);
      next.call();
    }
    this.#now = end;
  }

  /** Time passes while the page is asleep: nothing is called, not even what falls due. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** The page draws; then everything that was started by it goes as far as it can. */
  async frame(): Promise<void> {
    const frames = [...this.#frames];
    this.#frames.clear();
    for (const call of frames) call();
    await new Promise(resolve => setImmediate(resolve));
  }

  #next(end: number): Waiting | undefined {
    return [...this.#waiting]
      .filter(({ due }) => due <= end)
      .toSorted((left, right) => left.due - right.due)[0];
  }
}
