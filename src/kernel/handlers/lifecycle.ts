import { z } from 'zod';
import type { Interrupts } from '../execution/interrupts.ts';
import { defineHandler, emptyContent, type MessageHandler } from './handler.ts';

/** Interrupts the running cell; sent on control because the kernelspec says `interrupt_mode: message`. */
export function interruptHandler(interrupts: Interrupts): MessageHandler {
  return defineHandler({
    type: 'interrupt_request',
    content: emptyContent,
    run() {
      interrupts.interrupt();
      return { status: 'ok' };
    }
  });
}

/** Asks the kernel to end; `stop` must return at once, the reply is sent before the sockets close. */
export function shutdownHandler(stop: () => void): MessageHandler {
  return defineHandler({
    type: 'shutdown_request',
    content: z.object({ restart: z.boolean().default(false) }),
    run({ content }) {
      stop();
      return { status: 'ok', restart: content.restart };
    }
  });
}
