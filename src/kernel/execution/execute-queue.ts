import { setImmediate as turnOfEventLoop } from 'node:timers/promises';

/** A request that waits for its turn. Neither function may throw. */
export interface QueuedRequest {
  run(): Promise<void>;
  /** Called instead of `run` when an earlier request failed. */
  abort(): void;
}

/** Runs requests one at a time, in the order they came. */
export class ExecuteQueue {
  #waiting: QueuedRequest[] = [];
  #running: Promise<void> | null = null;
  #aborting = false;

  push(request: QueuedRequest): void {
    this.#waiting.push(request);
    this.#running ??= this.#work();
  }

  /** Aborts the requests that wait when the running one ends; those that come later are run. */
  abortWaiting(): void {
    this.#aborting = true;
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await next.run();
      if (this.#aborting) await this.#abortAll();
    }
    this.#running = null;
  }

  /** "Run all" sends its cells in one go: one turn of the event loop takes in those already on the socket. */
  async #abortAll(): Promise<void> {
    await turnOfEventLoop();
    this.#aborting = false;
    for (const request of this.#waiting.splice(0)) request.abort();
  }
}
