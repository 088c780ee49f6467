import type { Clock } from '../../runtime/clock.ts';

/** Text written within this time goes out as one message, milliseconds. */
const FLUSH_MS = 50;
/** More text than this does not wait, UTF-16 units. */
const FLUSH_UNITS = 16_384;

/** The two text streams of a cell. */
export type StreamName = 'stdout' | 'stderr';

/** Joins small writes, because the Jupyter server drops output above its message rate. Order is kept. */
export class TextStream {
  readonly #clock: Clock;
  readonly #send: (name: StreamName, text: string) => void;
  #name: StreamName = 'stdout';
  #text = '';

  constructor(clock: Clock, send: (name: StreamName, text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  write(name: StreamName, text: string): void {
    if (text === '') return;
    if (name !== this.#name) this.flush();
    this.#name = name;
    if (this.#text === '') this.#flushLater();
    this.#text += text;
    if (this.#text.length >= FLUSH_UNITS) this.flush();
  }

  /** Sends what is left. To be called before any other output of the cell. */
  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    this.#send(this.#name, text);
  }

  #flushLater(): void {
    void this.#clock.sleep(FLUSH_MS).then(() => this.flush());
  }
}
