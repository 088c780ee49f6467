import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER_MS } from '../../../src/extension/link/questions.ts';
import { TestSink } from '../../fakes/live-comm.ts';
import { frameOf, view } from '../../panels/views.ts';
import { frame, known, nothing, setUp, watch } from './set-up.ts';

describe('live client: views', () => {
  it('opens one comm for all views and watches those that can be seen', () => {
    const { client, comms, show, timers } = setUp();
    const first = show('a');
    show('b');
    client.setVisible(first, false);
    timers.pass(0);
    assert.equal(comms.length, 1);
    assert.deepEqual(comms[0]?.sent, [watch(['a']), watch(['a', 'b']), watch(['b'])]);
  });

  it('tells of views that come together with one message', () => {
    const { client, comms, timers } = setUp();
    for (const id of ['a', 'b', 'c']) {
      const sink = new TestSink(id);
      client.add(sink);
      client.setVisible(sink, true);
    }
    timers.pass(0);
    assert.deepEqual(comms[0]?.sent, [watch(['a', 'b', 'c'])]);
  });

  it('opens no comm before a view can be seen', () => {
    const { client, comms, timers } = setUp();
    client.add(new TestSink('a'));
    timers.pass(0);
    assert.equal(comms.length, 0);
  });

  it('passes each frame once, in order, to the views that it is for', () => {
    const { comms, show } = setUp();
    const [a, b] = [show('a'), show('b')];
    for (const seq of [1, 2, 2, 1, 3]) comms[0]?.answer(frame(seq, 'a'));
    comms[0]?.answer(frame(4, 'b'));
    assert.deepEqual([a.seqs, b.seqs], [[1, 2, 3], [4]]);
  });

  it('feeds all places that show one view, and asks for the present when one more does', () => {
    const { comms, show } = setUp();
    const cell = show('a');
    const tile = show('a');
    assert.deepEqual(comms[0]?.sent, [watch(['a']), watch(['a'])]);
    comms[0].answer({ type: 'views', views: [{ ...view, id: 'a' }], unknown: [] });
    comms[0].answer(frame(1, 'a'));
    assert.deepEqual([cell.seqs, tile.seqs], [[1], [1]]);
    assert.deepEqual(
      tile.described.map(({ title }) => title),
      [view.title]
    );
  });

  it('drops a frame that cannot be read, counts it for its view, and passes the others on', () => {
    const { comms, show } = setUp();
    const [a, b] = [show('a'), show('b')];
    comms[0]?.answer({ type: 'frame', seq: 1, at: 1, views: { a: { rows: 'x' }, b: frameOf() } });
    assert.deepEqual([a.droppedFrames, a.seqs], [1, []]);
    assert.deepEqual([b.droppedFrames, b.seqs], [0, [1]]);
  });

  it('counts frames for views that nobody asked for, and what is no message', () => {
    const { client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(frame(1, 'a', 'stranger'));
    comms[0]?.handlers.message({ type: 'frame', seq: 'one' });
    comms[0]?.handlers.message(null);
    assert.equal(client.ignored, 3);
    assert.deepEqual(sink.seqs, [1]);
  });

  it('acknowledges once a second while a view can be seen', () => {
    const { timers, client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    comms[0]?.answer(frame(5, 'a'));
    timers.pass(3_500);
    assert.deepEqual(comms[0]?.of('ack'), Array(3).fill({ type: 'ack', seq: 5, paintMs: 7 }));
    client.setVisible(sink, false);
    timers.pass(3_000);
    assert.deepEqual(comms[0].sent.at(-1), watch([]));
  });

  it('stops to watch a view whose stream has ended', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    sink.wantsFrames = false;
    timers.pass(1_000);
    assert.deepEqual(comms[0]?.sent.at(-1), watch([]));
  });

  it('watches a view that has ended again when its stream runs again', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    show('b');
    sink.wantsFrames = false;
    sink.endedWith = 'counts';
    timers.pass(1_000);
    assert.deepEqual(comms[0]?.sent.at(-1), watch(['b']));
    comms[0].answer({ ...known, running: { others: 5 } });
    timers.pass(0);
    assert.deepEqual(comms[0].sent.at(-1), watch(['b']));
    comms[0].answer({ ...known, running: { counts: 5 } });
    timers.pass(0);
    assert.deepEqual(comms[0].sent.at(-1), watch(['a', 'b']));
  });

  it('watches a view that comes to the page after its stream runs again', () => {
    const { timers, client, comms, show } = setUp();
    show('b');
    comms[0]?.answer({ ...known, running: { counts: 5 } });
    const late = new TestSink('a');
    late.wantsFrames = false;
    late.endedWith = 'counts';
    client.add(late);
    client.setVisible(late, true);
    timers.pass(0);
    assert.deepEqual(comms[0]?.sent.at(-1), watch(['b', 'a']));
  });

  it('tells views that the kernel does not know them, and asks again, less and less often', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    const answered = new Set<unknown>();
    for (let second = 0; second < 60; second += 1) {
      const last = comms[0]?.sent.findLast(({ type }) => type === 'watch');
      if (!answered.has(last)) comms[0]?.answer({ type: 'views', views: [], unknown: ['a'] });
      answered.add(last);
      timers.pass(1_000);
    }
    assert.equal(sink.connections.at(-1), 'unknown');
    assert.ok(answered.size >= 8 && answered.size <= 12, `asked ${answered.size} times`);
    comms[0]?.answer({ type: 'views', views: [{ ...view, id: 'a' }], unknown: [] });
    assert.equal(sink.connections.at(-1), 'connected');
  });
});

describe('live client: questions', () => {
  it('asks for a state of the past and for the records behind a row', async () => {
    const { client, comms, show } = setUp();
    show('a');
    const source = client.source('a');
    const past = source.look(500);
    const records = source.trace({ word: 'mill' });
    assert.deepEqual(comms[0]?.sent.slice(1), [
      { type: 'look', request: 1, view: 'a', at: 500 },
      { type: 'trace', request: 2, view: 'a', row: { word: 'mill' } }
    ]);
    comms[0].answer({ type: 'records', request: 2, records: [], searched: 9, note: '' });
    comms[0].answer({ type: 'past', request: 1, frame: frameOf(), at: 480 });
    assert.deepEqual(await records, { records: [], searched: 9, note: '' });
    assert.equal((await past)?.at, 480);
  });

  it('gives nothing where nothing is kept', async () => {
    const { client, comms, show } = setUp();
    show('a');
    const past = client.source('a').look(500);
    comms[0]?.answer({ type: 'past', request: 1, frame: null, at: 500 });
    assert.equal(await past, null);
  });

  it('rejects a question that is not answered, that cannot be, or whose answer cannot be read', async () => {
    const { client, comms, show, timers } = setUp();
    await assert.rejects(client.source('a').look(1), { reason: 'lost' });
    show('a');
    const late = assert.rejects(client.source('a').look(1), { reason: 'late' });
    comms[0]?.answer(known);
    timers.pass(ANSWER_MS);
    await late;
    const unreadable = assert.rejects(client.source('a').look(1), { reason: 'unreadable' });
    comms[0]?.handlers.message({ type: 'past', request: 2, frame: { rows: 1 }, at: 1 });
    await unreadable;
    const gone = assert.rejects(client.source('a').trace({}), { reason: 'lost' });
    client.lost();
    await gone;
  });

  it('asks the kernel to stop a stream, and to end what it lists', () => {
    const { client, comms, show } = setUp();
    show('a');
    client.source('a').stop();
    client.end('session', 'main');
    assert.deepEqual(comms[0]?.sent.slice(1), [
      { type: 'stop', view: 'a' },
      { type: 'end', what: 'session', name: 'main' }
    ]);
  });
});

describe('live client: what runs', () => {
  it('asks for it while somebody lists it, on the same comm', () => {
    const { client, comms, show, timers } = setUp();
    show('a');
    const heard: unknown[] = [];
    const stop = client.list(inventory => heard.push(inventory));
    timers.pass(0);
    comms[0]?.answer({ type: 'frame', seq: 1, at: 1, views: {}, inventory: nothing });
    stop();
    timers.pass(0);
    comms[0]?.answer({ type: 'frame', seq: 2, at: 1, views: {}, inventory: nothing });
    assert.deepEqual(comms[0]?.sent, [watch(['a']), watch(['a'], true), watch(['a'])]);
    assert.deepEqual(heard, [nothing]);
  });

  it('keeps the frames of a message whose list cannot be read', () => {
    const { comms, show } = setUp();
    const sink = show('a');
    comms[0]?.handlers.message({ ...frame(1, 'a'), inventory: { streams: 'all' } });
    assert.deepEqual(sink.seqs, [1]);
  });

  it('acknowledges for the list alone', () => {
    const { client, comms, timers } = setUp();
    client.list(() => undefined);
    timers.pass(0);
    comms[0]?.answer({ type: 'views', views: [], unknown: [] });
    timers.pass(2_500);
    assert.equal(comms[0]?.of('ack').length, 2);
  });
});
