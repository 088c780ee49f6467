import type { Kernel } from '@jupyterlab/services';
import { answers } from './kernel-comm.ts';

/** What a kernel does that its client has to know. */
export interface KernelEvents {
  /** It can be reached, anew. */
  readonly there: () => void;
  /** It cannot be reached. */
  readonly gone: () => void;
}

/** Follows the states of one kernel connection until it is disposed of, or the connection is. */
export class KernelWatch {
  readonly kernel: Kernel.IKernelConnection;
  readonly #events: KernelEvents;
  #answered: boolean;

  constructor(kernel: Kernel.IKernelConnection, events: KernelEvents) {
    this.kernel = kernel;
    this.#events = events;
    this.#answered = answers(kernel.status);
    kernel.statusChanged.connect(this.#onStatus, this);
    kernel.connectionStatusChanged.connect(this.#onConnection, this);
  }

  dispose(): void {
    this.kernel.statusChanged.disconnect(this.#onStatus, this);
    this.kernel.connectionStatusChanged.disconnect(this.#onConnection, this);
  }

  /** A restart keeps the kernel object and throws its comms away without a word. */
  #onStatus(_: Kernel.IKernelConnection, status: Kernel.Status): void {
    const answered = this.#answered;
    this.#answered = answers(status);
    if (answered && !this.#answered) this.#events.gone();
    if (!answered && this.#answered) this.#events.there();
  }

  #onConnection(_: Kernel.IKernelConnection, status: Kernel.ConnectionStatus): void {
    if (status === 'connected') this.#events.there();
    else this.#events.gone();
  }
}
