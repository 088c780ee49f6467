import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  createInventory,
  type NotebookInventory
} from '../../../src/runtime/inventory/inventory.ts';
import { TOPICS_MS } from '../../../src/runtime/inventory/topic-looks.ts';
import type { NotebookRuntime } from '../../../src/runtime/notebook/port.ts';
import type { RecordSource } from '../../../src/runtime/producers/port.ts';
import type { StreamSpec } from '../../../src/runtime/streams/port.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { inventorySchema, type Inventory } from '../../../src/shared/inventory.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';
import { testNotebook, type TestNotebook } from '../../fakes/notebook.ts';

const signal = new AbortController().signal;
const VIEW = { id: 'v1', title: 'Words', stream: 'counts' };

interface Scene {
  readonly notebook: TestNotebook;
  readonly runtime: NotebookRuntime;
  readonly clock: ManualClock;
  readonly inventory: NotebookInventory;
  readonly take: () => Promise<Inventory>;
}

async function open(test: TestContext, provisioned = true): Promise<Scene> {
  const notebook = await testNotebook(test);
  const runtime = await notebook.kernel();
  if (provisioned) await runtime.provisionLocal(() => undefined, signal);
  const clock = new ManualClock();
  const inventory = createInventory({ runtime, clock });
  const take = async () => inventorySchema.parse(await inventory.take([VIEW], signal));
  return { notebook, runtime, clock, inventory, take };
}

function spec(name: string): StreamSpec {
  return {
    name,
    sources: [{ topic: 'words', format: 'text' }],
    query: { kind: 'wordcount' },
    from: 'earliest',
    mode: 'adaptive',
    maxRealTimeRate: 1_000
  };
}

/** Never at its end, so that a producer runs until it is stopped. */
const ENDLESS: RecordSource = { total: null, next: () => [{ value: 'a' }] };

async function words(notebook: TestNotebook, count: number): Promise<void> {
  const { kafka } = notebook;
  if (!kafka.topics.has('words'))
    await kafka.admin.createTopics([{ name: 'words', partitions: 2 }]);
  const producer = await kafka.producer();
  for (let n = 0; n < count; n++) await producer.send('words', [{ value: 'a', partition: n % 2 }]);
}

describe('what runs for a notebook', () => {
  it('is nothing before it is attached, and asking attaches and starts nothing', async test => {
    const { notebook, take } = await open(test, false);
    assert.deepEqual(await take(), { sessions: [], streams: [], topics: [], producers: [] });
    assert.equal(notebook.stack.running, false);
    assert.equal(notebook.session.current, null);
  });

  it('starts no session, and names the one that cells will run in', async test => {
    const { notebook, take } = await open(test);
    await notebook.session.reset({ packages: [], conf: {} });
    assert.deepEqual((await take()).sessions, [
      { name: 'main', state: 'not started', current: true }
    ]);
    assert.equal(notebook.session.current, null);
  });

  it('lists its own sessions, main first', async test => {
    const { notebook, take } = await open(test);
    await notebook.sessions.create('etl', () => undefined);
    notebook.sessions.foreign.push({
      id: 9,
      name: 'other',
      state: 'idle',
      kind: 'pyspark',
      appId: null,
      log: []
    });
    assert.deepEqual((await take()).sessions, [
      { name: 'main', state: 'idle', current: false },
      { name: 'etl', state: 'idle', current: true }
    ]);
  });

  it('lists streams with the views that show them', async test => {
    const { runtime, take } = await open(test);
    const streams = await runtime.streams();
    await streams.start(spec('counts'), () => undefined, signal);
    await streams.start(spec('other'), () => undefined, signal);
    const listed = (await take()).streams.map(({ name, state, views }) => ({ name, state, views }));
    assert.deepEqual(listed, [
      { name: 'counts', state: 'live', views: [{ id: 'v1', title: 'Words' }] },
      { name: 'other', state: 'live', views: [] }
    ]);
  });

  it('looks seldom at topics that are far, tells of them later, and wakes nothing for them', async test => {
    const { notebook, clock, take } = await open(test);
    await words(notebook, 3);
    let looks = 0;
    notebook.kafka.admin.listTopics = () => {
      looks += 1;
      return Promise.resolve(['words']);
    };
    notebook.kafka.distance = 'asleep';
    assert.deepEqual((await take()).topics, []);
    assert.equal(looks, 0);
    notebook.kafka.distance = 'far';
    assert.deepEqual((await take()).topics, [], 'nobody waits for them');
    await settle();
    assert.equal((await take()).topics[0]?.records, 3);
    await clock.advance(TOPICS_MS);
    await take();
    assert.equal(looks, 1);
  });

  it('lists topics that are not internal, with rates from one look to the next', async test => {
    const { notebook, clock, take } = await open(test);
    await words(notebook, 3);
    await notebook.kafka.admin.createTopics([{ name: '_headrace.nb.x.results', partitions: 1 }]);
    assert.deepEqual((await take()).topics, [
      { name: 'words', partitions: 2, records: 3, rate: 0 }
    ]);
    await words(notebook, 4);
    await clock.advance(TOPICS_MS - 1);
    assert.equal((await take()).topics[0]?.records, 3);
    await clock.advance(1);
    assert.deepEqual((await take()).topics, [
      { name: 'words', partitions: 2, records: 7, rate: 2 }
    ]);
    assert.equal(notebook.kafka.openReaders, 0);
  });

  it('says no rate of a topic that was made anew', async test => {
    const { notebook, clock, take } = await open(test);
    await words(notebook, 6);
    await take();
    await notebook.kafka.admin.deleteTopics(['words']);
    await words(notebook, 1);
    await clock.advance(TOPICS_MS);
    assert.deepEqual((await take()).topics, [
      { name: 'words', partitions: 2, records: 1, rate: 0 }
    ]);
  });

  it('keeps what it knew of a part that fails or does not answer', async test => {
    const { notebook, clock, take } = await open(test);
    await words(notebook, 1);
    await take();
    notebook.kafka.admin.listTopics = () => Promise.reject(new Error('no broker'));
    notebook.sessions.list = () => new Promise(() => undefined);
    await clock.advance(TOPICS_MS);
    const taken = take();
    await settle();
    await clock.advance(1_000);
    const { topics, sessions } = await taken;
    assert.deepEqual([topics[0]?.name, sessions[0]?.name], ['words', 'main']);
  });

  it('forgets what it knew of a stack that has ended', async test => {
    const { notebook, runtime, take } = await open(test);
    await words(notebook, 1);
    await take();
    await runtime.down({ stack: true }, () => undefined, signal);
    notebook.kafka.topics.clear();
    assert.deepEqual((await take()).topics, []);
    await runtime.provisionLocal(() => undefined, signal);
    notebook.kafka.admin.listTopics = () => Promise.reject(new Error('no broker'));
    assert.deepEqual((await take()).topics, []);
  });

  it('is cut to what a message may hold', async test => {
    const { notebook, runtime, take } = await open(test);
    const names = Array.from({ length: 201 }, (_, n) => `s${String(n).padStart(3, '0')}`);
    await notebook.kafka.admin.createTopics(names.map(name => ({ name, partitions: 1 })));
    const streams = await runtime.streams();
    for (const name of names) await streams.start(spec(name), () => undefined, signal);
    notebook.streams.get('s200')?.set({ reason: 'x'.repeat(5_000) });
    const taken = await take();
    assert.deepEqual([taken.topics.length, taken.streams.length], [200, 200]);
    assert.deepEqual([taken.topics[0]?.name, taken.streams.at(-1)?.name], ['s000', 's200']);
    assert.equal(taken.streams.at(-1)?.reason.length, 2_000);
  });
});

describe('the end of a thing from a page', () => {
  it('stops a stream, whose checkpoint stays', async test => {
    const { notebook, runtime, inventory } = await open(test);
    await (await runtime.streams()).start(spec('counts'), () => undefined, signal);
    await inventory.end('stream', 'counts', signal);
    assert.deepEqual(notebook.streams.stops, [{ names: ['counts'], purge: false }]);
  });

  it('stops a producer, and knows how much it sent', async test => {
    const { notebook, runtime, inventory, take } = await open(test);
    await words(notebook, 0);
    const source = { ...ENDLESS };
    await runtime.producers.start({ name: 'p', topic: 'words', source, rate: 1 });
    await inventory.end('producer', 'p', signal);
    const [item] = (await take()).producers;
    assert.deepEqual([item?.name, item?.topic, item?.state], ['p', 'words', 'stopped']);
  });

  it('ends a session after the streams in it', async test => {
    const { notebook, runtime, inventory, take } = await open(test);
    await (await runtime.streams()).start(spec('counts'), () => undefined, signal);
    await inventory.end('session', 'main', signal);
    assert.equal(notebook.streams.get('counts')?.status().state, 'stopped');
    assert.equal(notebook.session.current, null);
    assert.equal((await take()).sessions[0]?.state, 'not started');
  });

  it('of a producer that is gone is no error', async test => {
    const { inventory } = await open(test);
    await inventory.end('producer', 'gone', signal);
  });

  it('says why not where nothing is attached', async test => {
    const { inventory } = await open(test, false);
    await assert.rejects(
      inventory.end('stream', 'counts', signal),
      (error: unknown) => error instanceof HeadraceError && error.code === 'HR_NOT_PROVISIONED'
    );
  });
});
