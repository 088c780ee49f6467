/** The part of a ZeroMQ socket that sends; a second call before the first has ended is refused. */
export interface FrameSink {
  send(frames: Buffer[]): Promise<void>;
}

/** Sends one message after the other on one socket, so that clients see them in the order of the calls. */
export class SendQueue {
  readonly #socket: FrameSink;
  readonly #onError: (error: unknown) => void;
  #tail: Promise<void> = Promise.resolve();

  constructor(socket: FrameSink, onError: (error: unknown) => void) {
    this.#socket = socket;
    this.#onError = onError;
  }

  /** Takes the message at once and sends it in its turn; a failed send is reported and skipped. */
  push(frames: Buffer[]): void {
    this.#tail = this.#tail.then(() => this.#socket.send(frames)).catch(this.#onError);
  }

  /** Resolves when all that was pushed so far is handed to ZeroMQ. */
  drained(): Promise<void> {
    return this.#tail;
  }
}
