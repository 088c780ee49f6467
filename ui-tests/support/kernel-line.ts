import type { Page, WebSocketRoute } from 'playwright-core';
import { z } from 'zod';
import { LIVE_COMM_TARGET } from '../../src/shared/names.ts';
import { decodeMessage, encodeMessage, type WireMessage } from './kernel-wire.ts';

const openSchema = z.object({ comm_id: z.string(), target_name: z.string() });
const messageSchema = z.object({ comm_id: z.string(), data: z.unknown() });

/** What a page says on its live comm, and what answers it. */
export type LiveAnswer = (message: unknown, say: (data: unknown) => void) => void;

/**
 * Stands between a page and its kernel, and answers on the comm of live views in the kernel's place, so
 * that a test can say what no honest kernel says. All other messages go to the real kernel and back.
 */
export class KernelLine {
  readonly #answer: LiveAnswer;
  readonly #comms = new Set<string>();
  /** Messages of the page on the live comm, oldest first. */
  readonly heard: unknown[] = [];
  #toPage: WebSocketRoute | null = null;

  private constructor(answer: LiveAnswer) {
    this.#answer = answer;
  }

  /** Before the page opens a notebook. */
  static async on(page: Page, answer: LiveAnswer): Promise<KernelLine> {
    const line = new KernelLine(answer);
    await page.routeWebSocket(/\/api\/kernels\/[^/]+\/channels/, route => line.#join(route));
    return line;
  }

  /** Says something on every live comm that the page has open. */
  say(data: unknown): void {
    for (const comm of this.#comms) this.#say(comm, data);
  }

  #join(route: WebSocketRoute): void {
    const server = route.connectToServer();
    this.#toPage = route;
    this.#comms.clear();
    server.onMessage(message => route.send(message));
    route.onMessage(message => {
      if (typeof message === 'string' || !this.#takes(decodeMessage(message))) server.send(message);
    });
  }

  /** Whether a message of the page was for the live comm. */
  #takes({ header, content }: WireMessage): boolean {
    const opened = header.msg_type === 'comm_open' ? openSchema.safeParse(content) : null;
    if (opened?.data?.target_name === LIVE_COMM_TARGET) {
      this.#comms.add(opened.data.comm_id);
      return true;
    }
    const said = messageSchema.safeParse(content);
    if (!said.success || !this.#comms.has(said.data.comm_id)) return false;
    if (header.msg_type === 'comm_close') this.#comms.delete(said.data.comm_id);
    else {
      this.heard.push(said.data.data);
      this.#answer(said.data.data, data => this.#say(said.data.comm_id, data));
    }
    return true;
  }

  #say(comm: string, data: unknown): void {
    this.#toPage?.send(encodeMessage('iopub', 'comm_msg', { comm_id: comm, data }));
  }
}
