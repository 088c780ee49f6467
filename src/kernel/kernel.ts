import type { CellLanguage, Views } from '../magics/contract.ts';
import type { Clock } from '../runtime/clock.ts';
import type { NotebookRuntime } from '../runtime/notebook/port.ts';
import type { CommManager } from './comms/comm-manager.ts';
import { Dispatcher } from './dispatcher.ts';
import { CellHistory } from './execution/cell-history.ts';
import { ExecuteQueue } from './execution/execute-queue.ts';
import { Interrupts } from './execution/interrupts.ts';
import { completeHandler, inspectHandler, isCompleteHandler } from './handlers/code-assistance.ts';
import { commHandlers } from './handlers/comm.ts';
import { executeHandler } from './handlers/execute.ts';
import type { MessageHandler } from './handlers/handler.ts';
import { historyHandler } from './handlers/history.ts';
import { kernelInfoHandler } from './handlers/kernel-info.ts';
import { interruptHandler, shutdownHandler } from './handlers/lifecycle.ts';
import { KernelStatus } from './status.ts';
import type { RequestChannel, Transport } from './transport.ts';
import type { WireMessage } from './wire.ts';

export interface KernelOptions {
  readonly transport: Transport;
  readonly language: CellLanguage;
  readonly runtime: NotebookRuntime;
  readonly views: Views;
  readonly comms: CommManager;
  readonly clock: Clock;
  /** Folder of the notebook. */
  readonly cwd: string;
  readonly version: string;
  readonly log: (line: string) => void;
  /** Called once a client has asked for the end of the kernel. */
  readonly onShutdown: () => void;
}

/** A kernel apart from its sockets: requests come in, the transport carries everything out. */
export class Kernel {
  readonly #interrupts = new Interrupts();
  readonly #dispatcher: Dispatcher;
  readonly #status: KernelStatus;

  constructor(options: KernelOptions) {
    const queue = new ExecuteQueue();
    this.#status = new KernelStatus(options.transport);
    this.#dispatcher = new Dispatcher({
      transport: options.transport,
      status: this.#status,
      queue,
      handlers: handlersOf(options, queue, this.#interrupts),
      log: options.log
    });
  }

  /** Tells the clients that the kernel is there. */
  start(): void {
    this.#status.starting();
  }

  receive(channel: RequestChannel, message: WireMessage): void {
    this.#dispatcher.receive(channel, message);
  }

  /** Stops the running cell. */
  interrupt(): void {
    this.#interrupts.interrupt();
  }

  /** Resolves when every request is answered. */
  settled(): Promise<void> {
    return this.#dispatcher.settled();
  }
}

function handlersOf(
  options: KernelOptions,
  queue: ExecuteQueue,
  interrupts: Interrupts
): MessageHandler[] {
  const { language, runtime, views, clock, cwd, transport } = options;
  const cells = new CellHistory();
  return [
    executeHandler({
      language,
      transport,
      clock,
      queue,
      interrupts,
      cells,
      context: (display, signal, interactive) => ({
        runtime,
        display,
        views,
        clock,
        signal,
        interactive,
        cwd
      })
    }),
    kernelInfoHandler(options.version),
    completeHandler(language, runtime),
    inspectHandler(language),
    isCompleteHandler(language),
    historyHandler(cells),
    ...commHandlers(options.comms),
    interruptHandler(interrupts),
    shutdownHandler(options.onShutdown)
  ];
}
