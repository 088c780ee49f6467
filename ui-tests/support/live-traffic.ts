import type { Page } from 'playwright-core';
import { z } from 'zod';
import { decodeMessage } from './kernel-wire.ts';

const saidSchema = z.object({
  comm_id: z.string(),
  data: z.object({ type: z.literal('watch'), views: z.array(z.string()) })
});
const frameSchema = z.object({
  comm_id: z.string(),
  data: z.object({ type: z.literal('frame'), views: z.looseObject({}) })
});

/** Listens to what a page and its kernel say on the live comm, without a hand in it. */
export class LiveTraffic {
  /** What the page said last that it shows. */
  watched: readonly string[] = [];
  /** Frames that came for this page with a view in them. The server sends every page the frames of all. */
  frames = 0;
  readonly #comms = new Set<string>();

  /** Before the page opens a notebook. */
  constructor(page: Page) {
    page.on('websocket', socket => {
      socket.on('framesent', ({ payload }) => {
        const said = saidSchema.safeParse(contentOf(payload));
        if (!said.success) return;
        this.watched = said.data.data.views;
        this.#comms.add(said.data.comm_id);
      });
      socket.on('framereceived', ({ payload }) => {
        const frame = frameSchema.safeParse(contentOf(payload));
        const own = frame.success && this.#comms.has(frame.data.comm_id);
        if (own && Object.keys(frame.data.data.views).length > 0) this.frames += 1;
      });
    });
  }
}

function contentOf(payload: string | Buffer): unknown {
  try {
    return typeof payload === 'string' ? null : decodeMessage(payload).content;
  } catch {
    return null;
  }
}
