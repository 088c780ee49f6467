import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frame, known, setUp, watch } from './set-up.ts';

describe('live client: the connection', () => {
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

  it('does not hear a comm that was given up', () => {
    const { client, comms, show } = setUp();
    const sink = show('a');
    client.restart();
    comms[0]?.answer(frame(1, 'a'));
    comms[0]?.handlers.closed();
    assert.deepEqual(sink.seqs, []);
    assert.equal(comms[1]?.isDisposed, false);
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

  it('takes a kernel that refuses the comm for one that does not know the views', () => {
    const { timers, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.handlers.closed();
    assert.equal(sink.connections.at(-1), 'unknown');
    timers.pass(20_000);
    assert.equal(comms.length, 1);
  });

  it('comes back at once when a kernel that answered has forgotten the page', () => {
    const { timers, comms, show } = setUp();
    show('a');
    comms[0]?.answer(known);
    timers.pass(3_000);
    comms[0]?.answer(frame(1, 'a'));
    comms[0]?.handlers.closed();
    timers.pass(0);
    assert.equal(comms.length, 2);
  });

  it('does not open comms without end for a kernel that closes each of them', () => {
    const { timers, comms, show } = setUp();
    show('a');
    for (let round = 0; round < 600; round += 1) {
      comms.at(-1)?.answer(known);
      comms.at(-1)?.handlers.closed();
      timers.pass(100);
    }
    assert.ok(comms.length <= 9, `${comms.length} comms in a minute`);
  });

  it('comes back with a new comm after the page was hidden for long', () => {
    const { timers, client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    client.setVisible(sink, false);
    timers.pass(0);
    comms[0]?.answer(known);
    timers.pass(60_000);
    client.setVisible(sink, true);
    timers.pass(0);
    assert.equal(comms.length, 2);
    assert.deepEqual(comms[1]?.sent, [watch(['a'])]);
  });

  it('comes back with a new comm after the page was asleep, as soon as it is awake', () => {
    const { timers, client, comms, show } = setUp();
    const sink = show('a');
    comms[0]?.answer(known);
    timers.sleep(60_000);
    client.wake();
    assert.equal(comms.length, 2);
    assert.deepEqual(comms[1]?.sent, [watch(['a'])]);
    comms[1].answer(frame(1, 'a'));
    assert.deepEqual(sink.seqs, [1]);
  });

  it('does not hurry a comm that is only slow when the page is looked at again', () => {
    const { timers, client, comms, show } = setUp();
    show('a');
    comms[0]?.answer(known);
    timers.sleep(6_000);
    client.wake();
    assert.equal(comms.length, 1);
    assert.equal(comms[0]?.sent.at(-1)?.type, 'ack');
  });

  it('waits for no retry when the kernel can be reached: trying without one costs nothing', () => {
    const { timers, kernel, client, comms, show } = setUp();
    kernel.there = false;
    show('a');
    timers.pass(20_000);
    kernel.there = true;
    client.restart();
    assert.equal(comms.length, 1);
  });

  it('says that there is no kernel, and connects when there is one', () => {
    const { timers, kernel, comms, show } = setUp();
    kernel.there = false;
    const sink = show('a');
    assert.equal(sink.connections.at(-1), 'none');
    kernel.there = true;
    timers.pass(1_000);
    assert.equal(comms.length, 1);
  });

  it('is not lost before it was there', () => {
    const { client, comms, show } = setUp();
    const sink = show('a');
    client.lost();
    assert.ok(!sink.connections.includes('lost'));
    client.restart();
    comms.at(-1)?.answer(known);
    client.lost();
    assert.equal(sink.connections.at(-1), 'lost');
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
