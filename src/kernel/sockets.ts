import { Router, XPublisher } from 'zeromq';
import { HeadraceError } from '../shared/errors.ts';
import { endpoint, type ConnectionFile } from './connection-file.ts';
import { SendQueue } from './send-queue.ts';
import type { Session } from './session.ts';
import type { RequestChannel, Transport } from './transport.ts';
import {
  createSigner,
  decodeMessage,
  encodeMessage,
  type Header,
  type JsonObject,
  type Sign,
  type WireMessage
} from './wire.ts';

/** How long a closed socket may still deliver, milliseconds; clients that are gone must not hold the exit. */
const LINGER_MS = 500;
/** First byte of an XPUB frame that announces a new subscription. */
const SUBSCRIBE = 1;

export interface SocketOptions {
  readonly connection: ConnectionFile;
  readonly session: Session;
  readonly log: (line: string) => void;
}

/** A reconnecting client comes back with the identity of its old connection: the new one must win. */
const routerOptions = { linger: LINGER_MS, handover: true };

/**
 * The five sockets of a kernel. A message that cannot be read or trusted is logged and skipped.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#introduction
 */
export class KernelSockets implements Transport {
  readonly #shell = new Router(routerOptions);
  readonly #control = new Router(routerOptions);
  readonly #stdin = new Router(routerOptions);
  readonly #heartbeat = new Router({ linger: 0 });
  readonly #iopub = new XPublisher({ linger: LINGER_MS });
  readonly #queues: Readonly<Record<RequestChannel | 'iopub', SendQueue>>;
  readonly #echoes: SendQueue;
  readonly #sign: Sign;
  readonly #options: SocketOptions;

  private constructor(options: SocketOptions) {
    this.#options = options;
    this.#sign = createSigner(options.connection.key, options.connection.signature_scheme);
    // What a client sends while the sockets are closed needs no answer.
    const failed = (error: unknown) => {
      if (!this.#iopub.closed) options.log(`A message was not sent: ${String(error)}`);
    };
    this.#echoes = new SendQueue(this.#heartbeat, failed);
    this.#queues = {
      shell: new SendQueue(this.#shell, failed),
      control: new SendQueue(this.#control, failed),
      iopub: new SendQueue(this.#iopub, failed)
    };
    this.#iopub.verbosity = 'allSubs';
  }

  /** Binds all five sockets. Rejects with HR_PORT where an address is taken. */
  static async bind(options: SocketOptions): Promise<KernelSockets> {
    const sockets = new KernelSockets(options);
    try {
      await sockets.#bindAll(options.connection);
    } catch (cause) {
      sockets.close();
      throw new HeadraceError('HR_PORT', 'The kernel cannot listen on the ports it was given', {
        why: cause instanceof Error ? cause.message : String(cause),
        next: 'Restart the kernel.',
        cause
      });
    }
    return sockets;
  }

  async #bindAll(connection: ConnectionFile): Promise<void> {
    await Promise.all([
      this.#shell.bind(endpoint(connection, connection.shell_port)),
      this.#control.bind(endpoint(connection, connection.control_port)),
      this.#stdin.bind(endpoint(connection, connection.stdin_port)),
      this.#heartbeat.bind(endpoint(connection, connection.hb_port)),
      this.#iopub.bind(endpoint(connection, connection.iopub_port))
    ]);
  }

  /** Serves all sockets until they are closed; `receive` gets every valid request in order. */
  async serve(receive: (channel: RequestChannel, message: WireMessage) => void): Promise<void> {
    await Promise.all([
      this.#serveRequests('shell', this.#shell, receive),
      this.#serveRequests('control', this.#control, receive),
      this.#echoHeartbeats(),
      this.#welcomeSubscribers()
    ]);
  }

  publish(type: string, content: JsonObject, parent: Header | null): void {
    this.#push('iopub', this.#options.session.message(type, content, parent, [Buffer.from(type)]));
  }

  reply(channel: RequestChannel, type: string, content: JsonObject, request: WireMessage): void {
    const { header, identities } = request;
    this.#push(channel, this.#options.session.message(type, content, header, identities));
  }

  flush(): Promise<void> {
    return this.#queues.iopub.drained();
  }

  /** Resolves when every message so far is handed to ZeroMQ. */
  async drain(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map(queue => queue.drained()));
  }

  /** Closes all sockets; `serve` ends. */
  close(): void {
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#heartbeat, this.#iopub])
      socket.close();
  }

  #push(channel: RequestChannel | 'iopub', message: WireMessage): void {
    this.#queues[channel].push(encodeMessage(message, this.#sign));
  }

  async #serveRequests(
    channel: RequestChannel,
    socket: Router,
    receive: (channel: RequestChannel, message: WireMessage) => void
  ): Promise<void> {
    for await (const frames of socket) {
      const decoded = decodeMessage(frames, this.#sign);
      if (decoded.ok) receive(channel, decoded.message);
      else this.#options.log(`A message on ${channel} was refused: ${decoded.reason}`);
    }
  }

  async #echoHeartbeats(): Promise<void> {
    for await (const frames of this.#heartbeat) this.#echoes.push(frames);
  }

  /** A client that is welcomed knows that it will miss no output: https://jupyter.org/enhancement-proposals/65-jupyter-xpub/jupyter-xpub.html */
  async #welcomeSubscribers(): Promise<void> {
    for await (const [frame] of this.#iopub) {
      if (frame?.[0] !== SUBSCRIBE) continue;
      const topic = frame.subarray(1);
      const content = { subscription: topic.toString('utf8') };
      this.#push(
        'iopub',
        this.#options.session.message('iopub_welcome', content, null, [Buffer.from(topic)])
      );
    }
  }
}
