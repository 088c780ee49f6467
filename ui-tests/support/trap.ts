import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that a page must never ask anything; it notes who does. */
export class Trap {
  readonly #server: Server;
  /** Paths that were asked for. */
  readonly caught: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.caught.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*').end('[{"caught": 1}]');
    });
  }

  /** Opens one on a free port of the loopback interface. */
  static async open(): Promise<Trap> {
    const trap = new Trap();
    trap.#server.listen(0, '127.0.0.1');
    await once(trap.#server, 'listening');
    return trap;
  }

  /** Where it listens, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
