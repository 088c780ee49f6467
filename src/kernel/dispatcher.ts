import { HeadraceError } from '../shared/errors.ts';
import { errorContent } from './error-content.ts';
import type { ExecuteQueue } from './execution/execute-queue.ts';
import type { MessageHandler } from './handlers/handler.ts';
import type { KernelStatus } from './status.ts';
import type { RequestChannel, Transport } from './transport.ts';
import type { JsonObject, WireMessage } from './wire.ts';

const REQUEST_SUFFIX = /_request$/;

export interface DispatcherOptions {
  readonly transport: Transport;
  readonly status: KernelStatus;
  readonly queue: ExecuteQueue;
  readonly handlers: readonly MessageHandler[];
  readonly log: (line: string) => void;
}

/**
 * Brings every request to its handler. All broadcasts of a request leave before its reply, and its
 * `idle` comes last, because clients stop listening there.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #handlers: ReadonlyMap<string, MessageHandler>;
  readonly #running = new Set<Promise<void>>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#handlers = new Map(options.handlers.map(handler => [handler.type, handler]));
  }

  /** Takes a request; never throws. */
  receive(channel: RequestChannel, message: WireMessage): void {
    const handler = this.#handlers.get(message.header.msg_type) ?? unknownMessage(message);
    if (handler.turn === 'queued') {
      this.#options.queue.push({
        run: () => this.#serveCell(handler, channel, message),
        abort: () => this.#abort(channel, message)
      });
      return;
    }
    const served = this.#serve(handler, channel, message);
    this.#running.add(served);
    void served.finally(() => this.#running.delete(served));
  }

  /** Resolves when every request that was taken is answered. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running, this.#options.queue.settled()]);
  }

  async #serve(
    handler: MessageHandler,
    channel: RequestChannel,
    message: WireMessage
  ): Promise<void> {
    const { status } = this.#options;
    if (handler.turn !== 'quiet') status.busy(message.header);
    await this.#answer(handler, channel, message);
    status.idle(message.header);
  }

  async #serveCell(
    handler: MessageHandler,
    channel: RequestChannel,
    message: WireMessage
  ): Promise<void> {
    const { status } = this.#options;
    status.cellBusy(message.header);
    await this.#answer(handler, channel, message);
    status.cellIdle(message.header);
  }

  async #answer(
    handler: MessageHandler,
    channel: RequestChannel,
    message: WireMessage
  ): Promise<void> {
    const content = await this.#contentOf(handler, channel, message);
    await this.#options.transport.flush();
    if (content !== null) this.#reply(channel, message, content);
  }

  async #contentOf(
    handler: MessageHandler,
    channel: RequestChannel,
    message: WireMessage
  ): Promise<JsonObject | null> {
    try {
      return await handler.handle(channel, message);
    } catch (error) {
      const content = { status: 'error', ...errorContent(error) };
      this.#options.log(`${handler.type}: ${content.evalue}`);
      return REQUEST_SUFFIX.test(handler.type) ? content : null;
    }
  }

  #abort(channel: RequestChannel, message: WireMessage): void {
    const { status } = this.#options;
    status.busy(message.header);
    this.#reply(channel, message, { status: 'aborted' });
    status.idle(message.header);
  }

  #reply(channel: RequestChannel, message: WireMessage, content: JsonObject): void {
    const type = message.header.msg_type.replace(REQUEST_SUFFIX, '_reply');
    this.#options.transport.reply(channel, type, content, message);
  }
}

/** An unknown request is answered with an error, so that its client does not wait for ever. */
function unknownMessage(message: WireMessage): MessageHandler {
  const type = message.header.msg_type;
  return {
    type,
    turn: 'immediate',
    handle: () =>
      Promise.reject(
        new HeadraceError('HR_USAGE', `This kernel does not answer messages of type ${type}`)
      )
  };
}
