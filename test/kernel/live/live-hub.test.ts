import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACK_MS, DEFAULT_TICK_MS, DROP_MS, LEASE_MS } from '../../../src/shared/live-protocol.ts';
import { setUpHub } from '../../fakes/live-hub.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { TestStream } from '../../fakes/stream-handle.ts';
import { wordBars, wordRow } from '../../fakes/views.ts';

const second = { ...wordBars, id: 'view-two' };

describe('a page that watches', () => {
  it('gets the view and its whole state at once', () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    stream.deliver(wordRow('to', 2), wordRow('be', 1));
    const client = page();
    client.watch(wordBars.id);
    const [views, frame] = client.heard;
    assert.deepEqual(views, {
      type: 'views',
      views: [wordBars],
      unknown: [],
      running: { counts: clock.now() }
    });
    assert.equal(frame?.type, 'frame');
    assert.deepEqual(client.counts, { to: 2, be: 1 });
  });

  it('gets a first change at once and later ones at the end of the tick, newest state only', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    await clock.advance(DEFAULT_TICK_MS);
    stream.deliver(wordRow('to', 1));
    assert.equal(client.frames.length, 2);
    for (let n = 2; n <= 9; n += 1) stream.deliver(wordRow('to', n));
    assert.equal(client.frames.length, 2);
    await clock.advance(DEFAULT_TICK_MS);
    assert.equal(client.frames.length, 3);
    assert.deepEqual(client.counts, { to: 9 });
  });

  it('gets all views that changed in one message', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    const other = new TestStream();
    hub.open(wordBars, stream, display);
    hub.open(second, other, display);
    const client = page();
    client.watch(wordBars.id, second.id);
    assert.deepEqual(Object.keys(client.frames[0]?.views ?? {}), [wordBars.id, second.id]);
    stream.deliver(wordRow('a', 1));
    other.deliver(wordRow('b', 1));
    await clock.advance(DEFAULT_TICK_MS);
    assert.deepEqual(Object.keys(client.frames[1]?.views ?? {}), [wordBars.id, second.id]);
    stream.deliver(wordRow('a', 2));
    await clock.advance(DEFAULT_TICK_MS);
    assert.deepEqual(Object.keys(client.frames[2]?.views ?? {}), [wordBars.id]);
  });

  it('never gets more than one message a tick, and sequence numbers without gaps', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    for (let step = 0; step < 300; step += 1) {
      stream.deliver(wordRow('to', step));
      await clock.advance(10);
    }
    const times = client.frames.map(frame => frame.at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(gaps.every(gap => gap >= DEFAULT_TICK_MS));
    assert.deepEqual(
      client.frames.map(frame => frame.seq),
      client.frames.map((_, index) => index + 1)
    );
  });

  it('is served more rarely when it needs long to paint', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    client.say({ type: 'ack', seq: 1, paintMs: 200 });
    for (let step = 0; step < 20; step += 1) {
      stream.deliver(wordRow('to', step));
      await clock.advance(100);
    }
    assert.ok(client.frames.length <= 6);
    assert.ok(client.frames.length >= 5);
  });

  it('gets nothing while it watches no view, and the present when it looks again', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    client.watch();
    stream.deliver(wordRow('to', 5));
    await clock.advance(ACK_MS);
    assert.equal(client.frames.length, 1);
    client.watch(wordBars.id);
    assert.deepEqual(client.counts, { to: 5 });
  });

  it('stops the stream behind a view', async () => {
    const { hub, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    client.say({ type: 'stop', view: wordBars.id });
    await settle();
    assert.equal(stream.status().state, 'stopped');
  });
});

describe('a page that is silent', () => {
  it('gets nothing after its lease, and the present when it speaks again', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    await clock.advance(LEASE_MS + 1);
    const before = client.frames.length;
    for (let n = 1; n <= 100; n += 1) {
      stream.deliver(wordRow('to', n));
      await clock.advance(100);
    }
    assert.equal(client.frames.length, before);
    client.ack();
    assert.equal(client.frames.length, before + 1);
    assert.deepEqual(client.counts, { to: 100 });
  });

  it('keeps its lease by acknowledging once a second', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    for (let n = 1; n <= 60; n += 1) {
      stream.deliver(wordRow('to', n));
      client.ack();
      await clock.advance(ACK_MS);
    }
    assert.equal(client.frames.length, 61);
  });

  it('is forgotten, and told so when it comes back', async () => {
    const { hub, clock, transport, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    await clock.advance(DROP_MS);
    assert.deepEqual(transport.of('comm_close'), []);
    client.ack();
    assert.deepEqual(
      transport.of('comm_close').map(({ content }) => content.comm_id),
      [client.id]
    );
  });

  it('does not keep other pages from their frames', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const silent = page('silent');
    const awake = page('awake');
    silent.watch(wordBars.id);
    awake.watch(wordBars.id);
    for (let n = 1; n <= 10; n += 1) {
      awake.ack();
      stream.deliver(wordRow('to', n));
      await clock.advance(ACK_MS);
    }
    assert.deepEqual(awake.counts, { to: 10 });
    assert.ok(silent.frames.length < awake.frames.length);
  });
});

describe('a page that was loaded again', () => {
  it('is live at once, with nothing lost', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    page('before').watch(wordBars.id);
    stream.deliver(wordRow('to', 1), wordRow('be', 1));
    await clock.advance(DEFAULT_TICK_MS);
    const after = page('after');
    after.watch(wordBars.id);
    assert.deepEqual(after.counts, { be: 1, to: 1 });
    stream.deliver(wordRow('to', 2));
    await clock.advance(DEFAULT_TICK_MS);
    assert.deepEqual(after.counts, { to: 2, be: 1 });
  });
});

describe('a view that this kernel does not know', () => {
  it('is listed as unknown, found again by its record, and then live', async () => {
    const stream = new TestStream();
    const asked: string[] = [];
    const { clock, page } = setUpHub({
      findView: id => {
        asked.push(id);
        return Promise.resolve(id === wordBars.id ? { view: wordBars, stream } : null);
      }
    });
    const client = page();
    client.watch(wordBars.id, 'view-gone');
    assert.deepEqual(client.heard, [
      { type: 'views', views: [], unknown: [wordBars.id, 'view-gone'], running: {} }
    ]);
    await settle();
    const views = client.heard.filter(message => message.type === 'views');
    assert.deepEqual(views.at(-1), {
      type: 'views',
      views: [wordBars],
      unknown: ['view-gone'],
      running: { counts: clock.now() }
    });
    stream.deliver(wordRow('to', 7));
    await clock.advance(DEFAULT_TICK_MS);
    assert.deepEqual(client.counts, { to: 7 });
    assert.deepEqual(asked, [wordBars.id, 'view-gone']);
  });

  it('is looked for once, however many pages ask, and again some seconds later', async () => {
    let asked = 0;
    const { clock, page } = setUpHub({
      findView: () => {
        asked += 1;
        return Promise.reject(new Error('the stack does not answer'));
      }
    });
    page('one').watch(wordBars.id);
    const two = page('two');
    two.watch(wordBars.id);
    await clock.advance(1_000);
    two.watch(wordBars.id);
    assert.equal(asked, 1);
    await clock.advance(5_000);
    two.watch(wordBars.id);
    assert.equal(asked, 2);
  });
});

describe('a message that is not understood', () => {
  it('is logged and changes nothing', () => {
    const { hub, display, stream, page, log } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.say({ type: 'shout' } as never);
    client.watch(wordBars.id);
    assert.equal(client.frames.length, 1);
    assert.equal(log.length, 1);
  });
});
