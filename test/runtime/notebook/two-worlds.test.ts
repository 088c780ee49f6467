import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamSpec } from '../../../src/runtime/streams/port.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { testNotebook } from '../../fakes/notebook.ts';
import { plainProfile } from '../../fakes/profiles.ts';

const none = () => undefined;
const counts: StreamSpec = {
  name: 'counts',
  sources: [{ topic: 'words', format: 'text' }],
  query: { kind: 'wordcount' },
  from: 'earliest',
  mode: 'adaptive',
  maxRealTimeRate: 5_000
};

describe('a notebook between two worlds', () => {
  it('works on what a profile names, and starts no session by moving', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    const endpoints = await runtime.targets.use('lab', none, signal);
    assert.deepEqual(
      [endpoints.target, endpoints.brokers, endpoints.livyUrl, endpoints.pid],
      ['lab', ['kafka.example.org:9092'], 'http://spark.example.org:8998', null]
    );
    assert.equal(await runtime.kafka(), notebook.away.kafka);
    assert.equal(await runtime.sessions(), notebook.away.sessions);
    assert.equal(notebook.away.session.current, null);
    assert.equal(notebook.stack.running, false);
  });

  it('attaches again to its profile with a new kernel, and adopts its streams there', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const first = await notebook.kernel();
    await first.targets.use('lab', none, signal);
    await first.close();
    notebook.away.streams.adoptable = [counts];
    const second = await notebook.kernel();
    assert.deepEqual([second.targets.current, second.endpoints], ['lab', null]);
    assert.equal((await second.streams()).get('counts')?.name, 'counts');
    assert.equal(second.endpoints?.target, 'lab');
    assert.equal(notebook.stack.running, false);
  });

  it('says that its profile is gone', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const first = await notebook.kernel();
    await first.targets.use('lab', none, signal);
    await notebook.profiles.remove('lab');
    const second = await notebook.kernel();
    assert.equal(await second.reattach(signal), false);
    await assert.rejects(
      second.kafka(),
      failsWith('HR_NOT_PROVISIONED', /its profile lab is gone.*%provision attach --as lab/)
    );
  });

  it('leaves streams running where they are and finds them again when it comes back', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await (await runtime.streams()).start(counts, none, signal);
    await runtime.targets.use('lab', none, signal);
    assert.deepEqual(notebook.streams.stops, []);
    assert.equal(notebook.stack.leases, 1, 'the stack of a running stream is kept');
    assert.deepEqual(runtime.targets.elsewhere, [
      { target: 'local', streams: ['counts'], batches: [] }
    ]);
    assert.equal(notebook.ledger.record.streams.length, 0);
    await runtime.provisionLocal(none, signal);
    assert.deepEqual(
      notebook.ledger.record.streams.map(({ spec }) => spec.name),
      ['counts']
    );
    assert.deepEqual(runtime.targets.elsewhere, []);
  });

  it('gives the local stack back where nothing runs on it', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await runtime.targets.use('lab', none, signal);
    assert.equal(notebook.stack.leases, 0);
    assert.ok(notebook.kafka.closed && notebook.streams.closed);
  });

  it('stays where it is when the other world cannot be opened', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(awsProfile('orders'));
    notebook.onOpenLivy = place => {
      if (place.kind === 'profile') throw new HeadraceError('HR_USAGE', 'needs AWS credentials');
    };
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await assert.rejects(
      runtime.targets.use('orders', none, signal),
      failsWith('HR_USAGE', /needs/)
    );
    assert.equal(runtime.targets.current, 'local');
    assert.equal(await runtime.kafka(), notebook.kafka);
    assert.equal(notebook.kafka.closed, false);
  });

  it('moves although the brokers do not answer here, and says so', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(awsProfile('orders'));
    const runtime = await notebook.kernel();
    await runtime.targets.use('orders', none, signal);
    await runtime.provisionLocal(none, signal);
    notebook.away.streams.adopt = () =>
      Promise.reject(new HeadraceError('HR_BROKER_UNREACHABLE', 'No Kafka broker answers'));
    const labels: string[] = [];
    await runtime.targets.use(
      'orders',
      ({ label, notice }) => notice && labels.push(label),
      signal
    );
    assert.deepEqual(labels, [
      'Streams that run there were not looked for: No Kafka broker answers'
    ]);
    assert.equal(runtime.endpoints?.target, 'orders');
  });

  it('connects anew to a profile that was written anew', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    await runtime.targets.use('lab', none, signal);
    await runtime.targets.use('lab', none, signal);
    assert.equal(notebook.away.kafka.closed, false);
    await notebook.profiles.save(plainProfile('lab', { brokers: ['other.example.org:9092'] }));
    await runtime.targets.use('lab', none, signal);
    assert.ok(notebook.away.kafka.closed);
    assert.deepEqual(runtime.endpoints?.brokers, ['other.example.org:9092']);
  });

  it('takes down what runs where it is, and purges nothing that is not of the local stack', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    await runtime.targets.use('lab', none, signal);
    await (await runtime.streams()).start(counts, none, signal);
    await runtime.down({ stack: true }, none, signal);
    assert.deepEqual(notebook.away.streams.stops, [{ names: ['counts'], purge: false }]);
    assert.equal(runtime.targets.current, null);
    assert.deepEqual(notebook.streams.stops, []);
  });

  it('compares two worlds without starting or changing anything', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(awsProfile('orders'));
    notebook.away.livy.overrides = { realTimeMode: false, sparkVersion: '3.5.8' };
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    await notebook.kafka.admin.createTopics([{ name: 'words', partitions: 1 }]);
    await runtime.rememberTopic('words');
    await (await runtime.streams()).start(counts, none, signal);
    const { from, to, differences } = await runtime.targets.compare('orders', signal);
    assert.deepEqual([from, to], ['local', 'orders']);
    assert.deepEqual(
      differences.map(({ what }) => what),
      ['Spark', 'real-time mode', 'topics', 'streams']
    );
    assert.equal(runtime.targets.current, 'local');
    assert.equal(notebook.away.livy.created.length, 0);
    assert.ok(notebook.away.kafka.closed);
    const back = await runtime.targets.compare('local', signal);
    assert.deepEqual(back, { from: 'local', to: 'local', differences: [] });
  });

  it('refuses to compare with a Livy endpoint that does not answer, not to leave one', async test => {
    const notebook = await testNotebook(test);
    const { signal } = notebook.abort;
    await notebook.profiles.save(plainProfile('lab'));
    const runtime = await notebook.kernel();
    await runtime.provisionLocal(none, signal);
    const away = () => Promise.reject(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint'));
    notebook.local.livy.capabilities = away;
    const { from } = await runtime.targets.compare('lab', signal);
    assert.equal(from, 'local');
    notebook.away.livy.listSessions = away;
    await assert.rejects(
      runtime.targets.compare('lab', signal),
      failsWith('HR_LIVY_UNREACHABLE', /No Livy endpoint/)
    );
  });
});
