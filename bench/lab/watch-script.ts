import type { Page } from 'playwright-core';
import { z } from 'zod';

/** A state on the screen; times are epoch milliseconds. */
const paintedSchema = z.object({
  /** When the kernel sent it. */
  sentAt: z.number(),
  /** When the page heard of it: its socket's last message before it was drawn. */
  arrivedAt: z.number(),
  /** When the chart was drawn; the frame that shows it follows. */
  drawnAt: z.number(),
  /** Newest produce time in it; not a number before the first record. */
  newest: z.number().nullable(),
  paintedAt: z.number()
});
export type PaintedState = z.infer<typeof paintedSchema>;

/** Moments of the page's life, milliseconds since it was asked for; null where they have not been. */
const momentsSchema = z.object({
  /** The first cell of the notebook stands on the page. */
  shown: z.number().nullable(),
  /** The first live state is painted. */
  live: z.number().nullable()
});
export type Moments = z.infer<typeof momentsSchema>;

/**
 * Runs in the page before anything else, after a reload too. A view writes its state's times into attributes in the frame that
 * draws it; a message that is posted then arrives after style, layout and paint of the same frame, when it has gone
 * to the compositor. A trace of Chromium had it on the screen 1.0 to 1.5 ms later. A chart that is embedded again is drawn
 * outside of frames, so its message is posted in the next one.
 */
export const WATCH_SCRIPT = `
  window.headraceWatch = { states: [], moments: { shown: null, live: null } };
  {
    const { states, moments } = window.headraceWatch;
    const afterPaint = call => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = call;
      port2.postMessage(null);
    };
    let arrivedAt = 0;
    const Socket = window.WebSocket;
    window.WebSocket = class extends Socket {
      constructor(...given) {
        super(...given);
        this.addEventListener('message', () => (arrivedAt = Date.now()));
      }
    };
    const drawn = () => ({ arrivedAt, drawnAt: Date.now() });
    const note = (state, live) => {
      states.push({ ...state, paintedAt: Date.now() });
      if (live) moments.live ??= performance.now();
    };
    const own = view => {
      const sentAt = Number(view.getAttribute('data-at'));
      const newest = Number(view.getAttribute('data-event-time')) || null;
      const live = view.getAttribute('data-state') === 'live';
      const state = { sentAt, newest, ...drawn() };
      if (live) afterPaint(() => note(state, live));
    };
    const embedded = chart => {
      const sentAt = Number(/^at=(\\d+)$/.exec(chart.getAttribute('aria-label') ?? '')?.[1]);
      const state = { sentAt, newest: null, ...drawn() };
      if (sentAt > 0) requestAnimationFrame(() => afterPaint(() => note(state, true)));
    };
    new MutationObserver(changes => {
      const targets = new Set(changes.map(({ target }) => target));
      for (const target of targets) target.hasAttribute('data-at') ? own(target) : embedded(target);
    }).observe(document, { subtree: true, attributeFilter: ['data-seq', 'aria-label'] });
    const cells = new MutationObserver(() => {
      if (document.querySelector('.jp-Notebook .jp-Cell') === null) return;
      cells.disconnect();
      moments.shown = performance.now();
    });
    cells.observe(document, { subtree: true, childList: true });
  }
`;

/** States painted since the page was loaded or this was last called. */
export async function takeStates(page: Page): Promise<readonly PaintedState[]> {
  return z.array(paintedSchema).parse(await page.evaluate('window.headraceWatch.states.splice(0)'));
}

export async function readMoments(page: Page): Promise<Moments> {
  return momentsSchema.parse(await page.evaluate('window.headraceWatch.moments'));
}
