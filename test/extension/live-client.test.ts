import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  LiveClient,
  type LiveComm,
  type LiveCommHandlers,
  type LiveSink
} from '../../src/extension/live-client.ts';
import type { ClientMessage, ServerMessage } from '../../src/shared/live-protocol.ts';
import type { Connection } from '../../src/panels/view-state.ts';
import { ManualTimers } from '../fakes/manual-timers.ts';
import { frameOf, view } from '../panels/views.ts';

class Comm implements LiveComm {
  readonly sent: ClientMessage[] = [];
  readonly handlers: LiveCommHandlers;
  isDisposed = false;

  constructor(handlers: LiveCommHandlers) {
    this.handlers = handlers;
  }

  send(message: ClientMessage): void {
    this.sent.push(message);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  answer(message: ServerMessage): void {
    this.handlers.message(message);
  }
}

class Sink implements LiveSink {
  readonly id: string;
  wantsFrames = true;
  readonly paintMs = 7;
  readonly seqs: number[] = [];
  readonly connections: Connection[] = [];

  constructor(id: string) {
    this.id = id;
  }

  receive(_frame: unknown, seq: number): void {
    this.seqs.push(seq);
  }

  connect(connection: Connection): void {
    this.connections.push(connection);
  }
}

function setUp() {
  const timers = new ManualTimers();
  const comms: Comm[] = [];
  const kernel = { there: true };
  const client = new LiveClient({
    timers,
    tickMs: () => 100,
    hasKernel: () => kernel.there,
    open: handlers => {
      if (!kernel.there) return null;
      const comm = new Comm(handlers);
      comms.push(comm);
      return comm;
    }
  });
  const show = (id: string): Sink => {
    const sink = new Sink(id);
    client.add(sink);
    client.setVisible(sink, true);
    return sink;
  };
  return { timers, comms, kernel, client, show };
}

const known = { type: 'views', views: [view], unknown: [] } as const satisfies ServerMessage;
const frame = (seq: number, ...ids: string[]): ServerMessage => ({
  type: 'frame',
  seq,
  at: 1,
  views: Object.fromEntries(ids.map(id => [id, frameOf()]))
});

describe('live client', () => {
  it('opens one comm for all views and watches those that can be seen', () => {
    const { client, comms, show } = setUp();
    const first = show('a');
    show('b');
    client.setVisible(first, false);
    assert.equal(comms.length, 1);
    assert.deepEqual(
      comms[0]?.sent.map(message => (message.type === 'watch' ? message.views : [])),
      [['a'], ['a', 'b'], ['b']]
    );
  });

  it('opens no comm before a view can be seen', () => {
    const { client, comms } = setUp();
    client.add(new Sink('a'));
    assert.equal(comms.length, 0);
  });

  it('passes each frame once, in order, to the views that it is for', () => {
    const { comms, show } = setUp();
    const [a, b] = [show('a'), show('b')];
    for (const seq of [1, 2, 2, 1, 3]) comms[0]?.answer(frame(seq, 'a'));
    comms[0]?.answer(frame(4, 'b'));
    assert.deepEqual([a.seqs, b.seqs], [[1, 2, 3], [4]]);
  });

  it('drops what is not a message of the protocol', () => {
    const { comms, show } = setUp();
    const sink = show('a');
    comms[0]?.handlers.message({ type: 'frame', seq: 'one' });
    comms[0]?.handlers.message(null);
    assert.deepEqual(sink.seqs, []);
  });

  it('acknowledges once a second while a view can be seen', () => {
    const { timers, client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    comms[0]?.answer(frame(5, 'a'));
    timers.pass(3_500);
    const acks = comms[0]?.sent.filter(({ type }) => type === 'ack');
    assert.deepEqual(acks, Array(3).fill({ type: 'ack', seq: 5, paintMs: 7 }));
    client.setVisible(sink, false);
    timers.pass(3_000);
    assert.deepEqual(comms[0]?.sent.at(-1), { type: 'watch', views: [], tickMs: 100 });
  });

  it('stops to watch a view whose stream has ended', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    sink.wantsFrames = false;
    timers.pass(1_000);
    assert.deepEqual(comms[0]?.sent.at(-1), { type: 'watch', views: [], tickMs: 100 });
  });

  it('opens the comm anew after a restart, and starts to count frames anew', () => {
    const { client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    comms[0]?.answer(frame(9, 'a'));
    client.restart();
    assert.equal(comms[0]?.isDisposed, true);
    comms[1]?.answer(frame(1, 'a'));
    assert.deepEqual(sink.seqs, [9, 1]);
  });

  it('notices a comm that the page threw away', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    comms[0]?.dispose();
    timers.pass(1_000);
    assert.equal(comms.length, 2);
    assert.ok(sink.connections.includes('lost'));
  });

  it('opens the comm anew when the kernel does not answer, less and less often', () => {
    const { timers, comms, show } = setUp();
    show('a');
    timers.pass(120_000);
    assert.ok(comms.length >= 4 && comms.length <= 10, `${comms.length} comms in two minutes`);
  });

  it('tells views that the kernel does not know them, and asks again', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer({ type: 'views', views: [], unknown: ['a'] });
    assert.equal(sink.connections.at(-1), 'unknown');
    timers.pass(6_000);
    assert.equal(comms[0]?.sent.filter(({ type }) => type === 'watch').length, 2);
    comms[0].answer({ type: 'views', views: [{ ...view, id: 'a' }], unknown: [] });
    assert.equal(sink.connections.at(-1), 'connected');
  });

  it('takes a kernel that refuses the comm for one that does not know the views', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.handlers.closed();
    assert.equal(sink.connections.at(-1), 'unknown');
    timers.pass(20_000);
    assert.equal(comms.length, 1);
  });

  it('comes back with a new comm after the page was hidden for long', () => {
    const { timers, client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    client.setVisible(sink, false);
    comms[0]?.answer(known);
    timers.pass(60_000);
    client.setVisible(sink, true);
    assert.equal(comms.length, 2);
    assert.deepEqual(comms[1]?.sent, [{ type: 'watch', views: ['a'], tickMs: 100 }]);
  });

  it('says that there is no kernel, and connects when there is one', () => {
    const { timers, kernel, comms, show } = setUp();
    kernel.there = false;
    const sink = show('a');
    assert.equal(sink.connections.at(-1), 'none');
    kernel.there = true;
    timers.pass(2_000);
    assert.equal(comms.length, 1);
  });

  it('asks the kernel to stop a stream', () => {
    const { client, comms, show } = setUp();
    show('a');
    client.stop('a');
    assert.deepEqual(comms[0]?.sent.at(-1), { type: 'stop', view: 'a' });
  });

  it('is silent after its end', () => {
    const { timers, client, comms, show } = setUp();
    show('a');
    client.dispose();
    const sent = comms[0]?.sent.length ?? 0;
    timers.pass(10_000);
    assert.equal(comms[0]?.sent.length, sent);
    assert.equal(comms[0].isDisposed, true);
  });
});
