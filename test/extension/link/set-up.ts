import { LiveClient } from '../../../src/extension/link/live-client.ts';
import type { ServerMessage } from '../../../src/shared/live-protocol.ts';
import { TestComm, TestSink } from '../../fakes/live-comm.ts';
import { ManualTimers } from '../../fakes/manual-timers.ts';
import { frameOf, view } from '../../panels/views.ts';

/** A client, and all comms that it opens; its kernel can be taken away. */
export function setUp() {
  const timers = new ManualTimers();
  const comms: TestComm[] = [];
  const kernel = { there: true };
  const client = new LiveClient({
    timers,
    tickMs: () => 100,
    hasKernel: () => kernel.there,
    open: handlers => {
      if (!kernel.there) return null;
      const comm = new TestComm(handlers);
      comms.push(comm);
      return comm;
    }
  });
  const show = (id: string): TestSink => {
    const sink = new TestSink(id);
    client.add(sink);
    client.setVisible(sink, true);
    timers.pass(0);
    return sink;
  };
  return { timers, comms, kernel, client, show };
}

/** The kernel knows the view. */
export const known = { type: 'views', views: [view], unknown: [] } as const satisfies ServerMessage;
/** A frame for these views. */
export const frame = (seq: number, ...ids: string[]): ServerMessage => ({
  type: 'frame',
  seq,
  at: 1,
  views: Object.fromEntries(ids.map(id => [id, frameOf()]))
});
/** Nothing runs. */
export const nothing = { sessions: [], streams: [], topics: [], producers: [] };
/** What a page says that it wants. */
export const watch = (views: string[], inventory = false) => ({
  type: 'watch',
  views,
  inventory,
  tickMs: 100
});
