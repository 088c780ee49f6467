import type { Clock } from '../../runtime/clock.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';

interface Known {
  readonly stream: StreamHandle;
  readonly since: number;
}

/** The streams behind the views of a kernel, by name, until they end. One that is started again is another one. */
export class RunningStreams {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(name: string): StreamHandle | undefined {
    return this.#known.get(name)?.stream;
  }

  /** Whether it was not known. */
  add(stream: StreamHandle): boolean {
    if (this.get(stream.name) === stream) return false;
    this.#known.set(stream.name, { stream, since: this.#clock.now() });
    void stream.ended.then(() => this.#forget(stream));
    return true;
  }

  /** Since when each is known, epoch milliseconds. */
  since(): Record<string, number> {
    return Object.fromEntries([...this.#known].map(([name, { since }]) => [name, since]));
  }

  #forget(stream: StreamHandle): void {
    if (this.get(stream.name) === stream) this.#known.delete(stream.name);
  }
}
