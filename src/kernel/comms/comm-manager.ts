import type { Transport } from '../transport.ts';
import type { JsonObject } from '../wire.ts';

/** An open channel to one widget of one page. */
export interface Comm {
  readonly id: string;
  send(data: JsonObject): void;
}

/** The kernel's end of a comm. */
export interface CommEndpoint {
  message(data: unknown): void;
  /** The page has closed the comm. */
  closed(): void;
}

/** Accepts the comms that pages open under one target name. */
export type CommTarget = (comm: Comm, data: unknown) => CommEndpoint;

interface OpenComm {
  readonly target: string;
  readonly endpoint: CommEndpoint;
}

/** The open comms of the kernel; https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages */
export class CommManager {
  readonly #transport: Transport;
  readonly #targets = new Map<string, CommTarget>();
  readonly #comms = new Map<string, OpenComm>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  register(target: string, accept: CommTarget): void {
    this.#targets.set(target, accept);
  }

  /** A page opens a comm; for a target that does not exist it is closed again, as the protocol demands. */
  open(id: string, target: string, data: unknown): void {
    const accept = this.#targets.get(target);
    if (accept === undefined) {
      this.#sendClose(id);
      return;
    }
    const comm: Comm = {
      id,
      send: content => this.#transport.publish('comm_msg', { comm_id: id, data: content }, null)
    };
    this.#comms.set(id, { target, endpoint: accept(comm, data) });
  }

  /** A page that speaks on a comm that was forgotten is told so, and can open a new one. */
  message(id: string, data: unknown): void {
    const comm = this.#comms.get(id);
    if (comm === undefined) this.#sendClose(id);
    else comm.endpoint.message(data);
  }

  close(id: string): void {
    this.#comms.get(id)?.endpoint.closed();
    this.#comms.delete(id);
  }

  /** Drops a comm whose page is gone, without a word to it. */
  forget(id: string): void {
    this.#comms.delete(id);
  }

  /** The open comms by id, of one target or of all. */
  info(target: string | null): Record<string, { target_name: string }> {
    const open = [...this.#comms].filter(([, comm]) => target === null || comm.target === target);
    return Object.fromEntries(open.map(([id, comm]) => [id, { target_name: comm.target }]));
  }

  #sendClose(id: string): void {
    this.#transport.publish('comm_close', { comm_id: id, data: {} }, null);
  }
}
