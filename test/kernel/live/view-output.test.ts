import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimeBundle } from '../../../src/magics/contract.ts';
import { VIEW_MIME } from '../../../src/shared/names.ts';
import { viewSnapshotSchema } from '../../../src/shared/view.ts';
import { setUpHub } from '../../fakes/live-hub.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { wordBars, wordRow } from '../../fakes/views.ts';

const SECOND = 1_000;

function snapshotIn(bundle: MimeBundle | undefined) {
  return viewSnapshotSchema.parse(bundle?.[VIEW_MIME]);
}

describe('the output of a view', () => {
  it('begins with a snapshot that is not final, and text', () => {
    const { hub, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    const [states] = display.outputs;
    assert.equal(states?.length, 1);
    assert.deepEqual(Object.keys(states[0] ?? {}), [VIEW_MIME, 'text/plain']);
    assert.equal(snapshotIn(states[0]).final, false);
  });

  it('is not touched while a page shows live frames, and written once at the end', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    for (let n = 1; n <= 30; n += 1) {
      client.ack();
      stream.deliver(wordRow('to', n));
      await clock.advance(SECOND);
    }
    assert.equal(display.outputs[0]?.length, 1);
    await stream.stop();
    await settle();
    assert.equal(display.outputs[0].length, 2);
    const last = display.outputs[0][1];
    assert.equal(snapshotIn(last).final, true);
    assert.deepEqual(snapshotIn(last).frame.data, { word: ['to'], n: [30] });
    assert.deepEqual(Object.keys(last ?? {}).sort(), [
      VIEW_MIME,
      'application/vnd.vegalite.v5+json',
      'image/png',
      'text/plain'
    ]);
    assert.equal(client.frameOf(wordBars.id)?.status.state, 'stopped');
  });

  it('is updated as text once a second for a client without the extension', async () => {
    const { hub, clock, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    for (let n = 1; n <= 50; n += 1) {
      stream.deliver(wordRow('to', n));
      await clock.advance(SECOND / 10);
    }
    const states = display.outputs[0] ?? [];
    assert.equal(states.length, 1 + 5);
    assert.match(String(states.at(-1)?.['text/plain']), /^Words · live · real-time .*\nword +n\n/);
    assert.match(String(states.at(-1)?.['text/html']), /<table>[^]*<td[^>]*>to<\/td>/);
  });

  it('is not updated while nothing changes', async () => {
    const { hub, clock, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    await clock.advance(10 * SECOND);
    assert.equal(display.outputs[0]?.length, 1);
  });

  it('is updated ever more rarely when a stream is left running', async () => {
    const { hub, clock, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    for (let n = 1; n <= 3_600; n += 1) {
      stream.deliver(wordRow('to', n));
      await clock.advance(SECOND);
    }
    const updates = (display.outputs[0]?.length ?? 0) - 1;
    assert.ok(updates > 60 && updates < 400, `${updates} updates in an hour`);
  });

  it('ends with the view, which lets its stream go', async () => {
    const { hub, display, stream } = setUpHub();
    const view = hub.open(wordBars, stream, display);
    stream.deliver(wordRow('to', 1));
    await Promise.all([view.finish(), view.finish()]);
    assert.equal(display.outputs[0]?.length, 2);
    assert.equal(view.rows, 1);
    assert.equal(stream.listeners, 0);
  });

  it('shows why a stream failed', async () => {
    const { hub, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    stream.become({ state: 'failed', reason: 'the topic words is gone' });
    await settle();
    assert.match(
      String(display.outputs[0]?.[1]?.['text/plain']),
      /failed .* the topic words is gone/
    );
  });

  it('keeps the data when the picture cannot be drawn', async () => {
    const { hub, display, stream, log } = setUpHub({
      draw: () => Promise.reject(new Error('no rasteriser'))
    });
    await hub.open(wordBars, stream, display).finish();
    assert.equal(snapshotIn(display.outputs[0]?.[1]).final, true);
    assert.equal(log.length, 1);
  });

  it('shows the present once more when the kernel ends before the stream', async () => {
    const { hub, clock, display, stream } = setUpHub();
    hub.open(wordBars, stream, display);
    stream.deliver(wordRow('to', 3));
    hub.close();
    await clock.advance(10 * SECOND);
    assert.equal(display.outputs[0]?.length, 2);
    assert.equal(snapshotIn(display.outputs[0][1]).final, false);
    assert.equal(stream.listeners, 0);
  });
});
