import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamSpec } from '../../../src/runtime/streams/port.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { testNotebook } from '../../fakes/notebook.ts';
import { wordBars } from '../../fakes/views.ts';

const none = () => undefined;
const counts: StreamSpec = {
  name: 'counts',
  sources: [{ topic: 'words', format: 'text' }],
  query: { kind: 'wordcount' },
  from: 'earliest',
  mode: 'adaptive',
  maxRealTimeRate: 5_000
};

describe('a notebook', () => {
  it('has nothing before it is provisioned', async test => {
    const notebook = await testNotebook(test);
    const runtime = await notebook.kernel();
    const notProvisioned = failsWith('HR_NOT_PROVISIONED', /Run %provision local first\.$/);
    await assert.rejects(runtime.kafka(), notProvisioned);
    await assert.rejects(runtime.session(), notProvisioned);
    await assert.rejects(runtime.streams(), notProvisioned);
    assert.equal(notebook.stack.running, false);
  });

  it('finds its streams and views again with a new kernel', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await (await first.streams()).start(counts, none, signal);
    await first.rememberView(wordBars);
    await first.setDependencies({ packages: ['a:b:1'], conf: {} });
    await first.close();
    assert.ok(notebook.streams.closed && notebook.kafka.closed && notebook.stack.leases === 0);

    notebook.streams.adoptable = [counts];
    const second = await notebook.kernel();
    assert.equal(second.endpoints, null);
    const [found, again] = await Promise.all([
      second.findView(wordBars.id, signal),
      second.findView(wordBars.id, signal)
    ]);
    assert.deepEqual([found?.view, found?.stream.name], [wordBars, 'counts']);
    assert.equal(again?.stream, found?.stream);
    assert.equal(notebook.stack.leases, 1);
    assert.equal(await second.findView('unknown', signal), null);
    assert.deepEqual(second.dependencies.packages, ['a:b:1']);
  });

  it('finds a stream that reports only after the first look, and looks again where that failed', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await first.rememberView(wordBars);
    await first.close();

    const second = await notebook.kernel();
    const adopt = notebook.streams.adopt.bind(notebook.streams);
    notebook.streams.adopt = () => Promise.reject(new Error('the broker does not answer'));
    await assert.rejects(second.reattach(signal), /does not answer/);
    notebook.streams.adopt = adopt;
    assert.equal(await second.findView(wordBars.id, signal), null);
    notebook.streams.adoptable = [counts];
    assert.equal((await second.findView(wordBars.id, signal))?.stream.name, 'counts');
  });

  it('does not take another stack for the one it knew, and starts none to look', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await first.rememberView(wordBars);
    await first.close();
    await notebook.stack.down();
    const second = await notebook.kernel();
    assert.equal(await second.reattach(signal), false);
    assert.equal(notebook.stack.running, false);
    await notebook.stack.ensure();
    assert.equal(await second.findView(wordBars.id, signal), null);
  });

  it('takes everything down although a part is broken, and says what broke', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await (await runtime.streams()).start(counts, none, signal);
    notebook.streams.stop = () =>
      Promise.reject(new HeadraceError('HR_SESSION_DEAD', 'The Spark session is gone'));
    const labels: string[] = [];
    await assert.rejects(
      runtime.down({ stack: true }, ({ label }) => labels.push(label), signal),
      failsWith('HR_SESSION_DEAD', /is gone/)
    );
    assert.equal(notebook.stack.running, false);
    assert.equal(notebook.session.resets.length, 1);
    assert.ok(notebook.kafka.closed);
    assert.equal(labels.at(-1), 'ending the local stack');
    await assert.rejects(runtime.kafka(), failsWith('HR_NOT_PROVISIONED', /Run %provision/));
  });

  it('stops with a new kernel what an old one started', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await first.close();
    notebook.streams.adoptable = [counts];
    const second = await notebook.kernel();
    await second.down({ stack: false }, none, signal);
    assert.deepEqual(notebook.streams.stops, [{ names: ['counts'], purge: false }]);
  });

  it('knows the producers that its last kernel cut off', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await notebook.kafka.admin.createTopics([{ name: 't', partitions: 1 }]);
    const source = { total: null, next: () => [{ value: 'x' }] };
    await first.producers.start({ name: 'endless', topic: 't', source, rate: 1 });
    await first.close();
    const second = await notebook.kernel();
    assert.deepEqual(
      second.lostProducers.map(({ name, topic }) => [name, topic]),
      [['endless', 't']]
    );
    assert.deepEqual((await notebook.kernel()).lostProducers, []);
  });

  it('keeps on record what runs, not what was stopped', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    const streams = await runtime.streams();
    await streams.start(counts, none, signal);
    await runtime.rememberView({ ...wordBars, stream: 'counts' });
    await runtime.rememberTopic('words');
    assert.deepEqual(
      notebook.ledger.record.streams.map(({ spec }) => spec.name),
      ['counts']
    );
    await streams.stop('all', { purge: false }, signal);
    assert.deepEqual(notebook.ledger.record.streams, []);
    assert.equal(notebook.ledger.record.views.length, 1);
    await streams.start(counts, none, signal);
    await streams.stop(['counts'], { purge: true }, signal);
    assert.equal(notebook.ledger.record.views.length, 0);
    assert.deepEqual(notebook.ledger.record.topics, ['words']);
  });

  it('has a stack that was killed replaced, and goes on with the same parts', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    const before = await runtime.sessions();
    notebook.stack.kill();
    notebook.stack.livyPort = 9001;
    await notebook.clock.sleep(10_000);
    assert.equal(await runtime.sessions(), before);
    assert.ok(notebook.stack.running);
    assert.equal(notebook.streams.closed, false);
    assert.equal(runtime.endpoints?.pid, notebook.stack.endpoints.pid);
  });

  it('connects anew where the broker has another address', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    notebook.streams.adoptable = [counts];
    notebook.stack.kill();
    notebook.stack.brokerPort = 9001;
    await notebook.clock.sleep(10_000);
    assert.equal((await runtime.streams()).get('counts')?.name, 'counts');
    assert.deepEqual(runtime.endpoints?.brokers, ['127.0.0.1:9001']);
    assert.ok(notebook.kafka.closed);
  });

  it('is attached no more once the stack was ended', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await notebook.stack.down();
    await notebook.clock.sleep(10_000);
    await assert.rejects(runtime.session(), failsWith('HR_NOT_PROVISIONED', /Run %provision/));
    assert.equal(runtime.endpoints, null);
    assert.equal(notebook.stack.running, false);
  });

  it('lets a new kernel replace the stack that its last one knew', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    const first = await notebook.kernel();
    await first.provisionLocal(none, signal);
    await first.close();
    notebook.stack.kill();
    const second = await notebook.kernel();
    assert.equal(await second.reattach(signal), true);
    assert.ok(notebook.stack.running);
  });
});
