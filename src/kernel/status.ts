import type { Transport } from './transport.ts';
import type { Header } from './wire.ts';

/**
 * The `status` broadcasts. Clients draw the last one they saw, whatever request it belongs to, so
 * after an answer in the middle of a long cell the cell is announced as busy once more.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-status
 */
export class KernelStatus {
  readonly #transport: Transport;
  #cell: Header | null = null;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Sent once, before the first request. */
  starting(): void {
    this.#publish('starting', null);
  }

  busy(parent: Header): void {
    this.#publish('busy', parent);
  }

  idle(parent: Header): void {
    this.#publish('idle', parent);
    if (this.#cell !== null) this.#publish('busy', this.#cell);
  }

  /** A cell begins. */
  cellBusy(parent: Header): void {
    this.#cell = parent;
    this.busy(parent);
  }

  /** The cell that began last has ended. */
  cellIdle(parent: Header): void {
    this.#cell = null;
    this.idle(parent);
  }

  #publish(state: 'starting' | 'busy' | 'idle', parent: Header | null): void {
    this.#transport.publish('status', { execution_state: state }, parent);
  }
}
