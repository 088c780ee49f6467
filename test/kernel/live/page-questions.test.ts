import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceRequest } from '../../../src/runtime/trace/request.ts';
import type { Inventory } from '../../../src/shared/inventory.ts';
import { INVENTORY_MS, LEASE_MS, type ServerMessage } from '../../../src/shared/live-protocol.ts';
import type { SourceRecords } from '../../../src/shared/source-record.ts';
import { setUpHub, type TestPage } from '../../fakes/live-hub.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { wordBars, wordRow } from '../../fakes/views.ts';

const NOTHING: Inventory = { sessions: [], streams: [], topics: [], producers: [] };
const FOUND: SourceRecords = {
  records: [
    { topic: 'words', partition: 1, offset: '12', timestamp: 5, key: null, value: 'to be' }
  ],
  searched: 40,
  note: ''
};

function pasts(client: TestPage): Extract<ServerMessage, { type: 'past' }>[] {
  return client.heard.filter(message => message.type === 'past');
}

function answers(client: TestPage): Extract<ServerMessage, { type: 'records' }>[] {
  return client.heard.filter(message => message.type === 'records');
}

/** A search that ends with its signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  );
}

describe('a page that looks back', () => {
  it('gets the state of that time, and knows how far it can look', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    const start = clock.now();
    for (let n = 1; n <= 10; n += 1) {
      stream.deliver(wordRow('to', n));
      await clock.advance(1_000);
      client.ack();
    }
    client.say({ type: 'look', request: 7, view: wordBars.id, at: start + 4_500 });
    const [past] = pasts(client);
    assert.equal(past?.request, 7);
    assert.equal(past.at, start + 4_000);
    assert.deepEqual(past.frame?.data['n'], [5]);
    assert.equal(client.frameOf(wordBars.id)?.historyFrom, start);
  });

  it('is told that there is no past of a view that this kernel does not have', () => {
    const { page } = setUpHub();
    const client = page();
    client.say({ type: 'look', request: 1, view: 'gone', at: 5 });
    assert.deepEqual(client.heard, [{ type: 'past', request: 1, frame: null, at: 5 }]);
  });
});

describe('a page that asks for the records behind a row', () => {
  const ask = (client: TestPage, request: number, word = 'to'): void =>
    client.say({ type: 'trace', request, view: wordBars.id, row: { word, n: 1 } });

  it('gets them, found by view, stream and cells', async () => {
    const asked: TraceRequest[] = [];
    const { hub, display, stream, page } = setUpHub({
      trace: row => {
        asked.push(row);
        return Promise.resolve(FOUND);
      }
    });
    hub.open(wordBars, stream, display);
    const client = page();
    ask(client, 3);
    await settle();
    assert.deepEqual(answers(client), [{ type: 'records', request: 3, ...FOUND }]);
    const [row] = asked;
    assert.deepEqual(row?.row, { word: 'to', n: 1 });
    assert.equal(row.recordKey, null);
    assert.equal(row.view.id, wordBars.id);
  });

  it('ends the search before by a new question', async () => {
    const signals: AbortSignal[] = [];
    const { hub, display, stream, page } = setUpHub({
      trace: ({ row }, signal) => {
        signals.push(signal);
        return row['word'] === 'to' ? aborted(signal) : Promise.resolve(FOUND);
      }
    });
    hub.open(wordBars, stream, display);
    const client = page();
    ask(client, 1);
    ask(client, 2, 'be');
    await settle();
    assert.equal(signals[0]?.aborted, true);
    const told = answers(client).map(({ request, searched }) => [request, searched]);
    assert.deepEqual(told.toSorted(), [
      [1, 0],
      [2, 40]
    ]);
  });

  it('ends the search by going away', async () => {
    const signals: AbortSignal[] = [];
    const { hub, clock, display, stream, page } = setUpHub({
      trace: (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      }
    });
    hub.open(wordBars, stream, display);
    ask(page(), 1);
    await clock.advance(60_000);
    assert.equal(signals[0]?.aborted, true);
  });

  it('is told in one line why there are none', async () => {
    const { hub, display, stream, page } = setUpHub({
      trace: () => Promise.reject(new Error('the broker is away'))
    });
    hub.open(wordBars, stream, display);
    const client = page();
    ask(client, 1);
    client.say({ type: 'trace', request: 2, view: 'gone', row: {} });
    await settle();
    const notes = answers(client).map(answer => answer.note);
    assert.ok(
      notes.some(note => note.includes('run its cell again')),
      notes.join()
    );
  });
});

describe('a page that lists what runs', () => {
  it('is told once a second, and only while it asks and acknowledges', async () => {
    let taken = 0;
    const { clock, page } = setUpHub({
      inventory: {
        take: () => {
          taken += 1;
          return Promise.resolve(NOTHING);
        },
        end: () => Promise.resolve()
      }
    });
    await clock.advance(10 * INVENTORY_MS);
    assert.equal(taken, 0);
    const client = page();
    client.say({ type: 'watch', views: [], inventory: true });
    for (let second = 0; second < 5; second += 1) {
      await clock.advance(INVENTORY_MS);
      client.ack();
    }
    const told = client.frames.filter(frame => frame.inventory !== undefined);
    assert.ok(told.length >= 5 && told.length <= 6, `${told.length}`);
    await clock.advance(LEASE_MS);
    const silent = taken;
    await clock.advance(5 * INVENTORY_MS);
    assert.equal(taken, silent);
    client.say({ type: 'watch', views: [] });
    await clock.advance(5 * INVENTORY_MS);
    assert.equal(taken, silent);
  });

  it('gets no frame anew because it begins to ask', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.watch(wordBars.id);
    client.say({ type: 'watch', views: [wordBars.id], inventory: true });
    await clock.advance(500);
    assert.equal(client.frames.filter(frame => wordBars.id in frame.views).length, 1);
    assert.equal(client.frames.filter(frame => frame.inventory !== undefined).length, 1);
  });

  it('gets views and list in one message', async () => {
    const { hub, clock, display, stream, page } = setUpHub();
    hub.open(wordBars, stream, display);
    const client = page();
    client.say({ type: 'watch', views: [wordBars.id], inventory: true });
    stream.deliver(wordRow('to', 1));
    await clock.advance(100);
    const both = client.frames.find(frame => frame.inventory !== undefined);
    assert.deepEqual(Object.keys(both?.views ?? {}), [wordBars.id]);
  });

  it('ends what it names, and a failure is noted', async () => {
    const ended: string[] = [];
    const { page, log } = setUpHub({
      inventory: {
        take: () => Promise.resolve(NOTHING),
        end: (what, name) => {
          ended.push(`${what} ${name}`);
          return name === 'counts' ? Promise.resolve() : Promise.reject(new Error('no such thing'));
        }
      }
    });
    const client = page();
    client.say({ type: 'end', what: 'stream', name: 'counts' });
    client.say({ type: 'end', what: 'producer', name: 'none' });
    await settle();
    assert.deepEqual(ended, ['stream counts', 'producer none']);
    assert.match(log.join('\n'), /The producer none was not ended: Error: no such thing/);
  });
});
