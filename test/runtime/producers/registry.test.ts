import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClickstreamSource } from '../../../src/runtime/producers/clickstream-source.ts';
import type { RecordSource } from '../../../src/runtime/producers/port.ts';
import { createProducerRegistry } from '../../../src/runtime/producers/registry.ts';
import { failsWith } from '../../fakes/errors.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

async function setUp() {
  const clock = new VirtualClock();
  const kafka = new MemoryKafka();
  await kafka.admin.createTopics([{ name: 't', partitions: 1 }]);
  const registry = createProducerRegistry({ connect: () => kafka.producer(), clock });
  const start = (count: number, rate: number | null, name = 'p') =>
    registry.start({
      name,
      topic: 't',
      rate,
      source: createClickstreamSource({ count, seed: 1, clock })
    });
  return { clock, kafka, registry, start };
}

describe('a producer', () => {
  it('keeps the asked rate and sends every record once', async () => {
    const { clock, kafka, start } = await setUp();
    const begun = clock.now();
    const end = await (await start(5_001, 500)).finished;
    assert.deepEqual([end.state, end.sent, end.total], ['done', 5_001, 5_001]);
    assert.ok(Math.abs(clock.now() - begun - 10_000) < 50, String(clock.now() - begun));
    const ids = kafka.values('t').map(value => Number(value?.split(',')[1]));
    assert.deepEqual(
      ids,
      Array.from({ length: 5_001 }, (_, index) => index)
    );
  });

  it('has at most five sends of 5,000 records in flight', async () => {
    const { kafka, start } = await setUp();
    let inFlight = 0;
    let most = 0;
    kafka.beforeSend = async records => {
      assert.ok(records.length <= 5_000);
      most = Math.max(most, ++inFlight);
      await new Promise(resolve => setImmediate(resolve));
      inFlight -= 1;
    };
    const end = await (await start(100_000, null)).finished;
    assert.deepEqual([end.sent, most], [100_000, 5]);
  });

  it('stops after what is in flight is acknowledged', async () => {
    const { kafka, start } = await setUp();
    const run = await start(1_000_000, 1_000);
    run.onProgress(({ sent }) => sent > 50 && run.stop());
    const end = await run.finished;
    assert.equal(end.state, 'stopped');
    assert.equal(end.sent, kafka.values('t').length);
    assert.equal(kafka.openProducers, 0);
  });

  it('fails with the error of the broker and of its source, and closes both', async () => {
    const { kafka, registry, start } = await setUp();
    kafka.beforeSend = () => Promise.reject(new Error('refused'));
    const run = await start(10, null);
    await assert.rejects(run.finished, /refused/);
    assert.equal(run.progress().state, 'failed');
    let closed = 0;
    const source: RecordSource = {
      total: null,
      next: () => Promise.reject(new Error('disk')),
      close: () => {
        closed += 1;
        return Promise.resolve();
      }
    };
    const broken = await registry.start({ name: 'q', topic: 't', rate: null, source });
    await assert.rejects(broken.finished, /disk/);
    assert.deepEqual([closed, kafka.openProducers], [1, 0]);
  });
});

describe('the registry', () => {
  it('gives a name to one running producer at a time', async () => {
    const { registry, start } = await setUp();
    const run = await start(1_000_000, 1);
    await assert.rejects(start(1, null), failsWith('HR_USAGE', /named p runs already/));
    run.stop();
    await run.finished;
    await (
      await start(1, null)
    ).finished;
    assert.deepEqual(
      registry.list().map(each => each.progress().state),
      ['done']
    );
  });

  it('forgets the oldest of many that ended', async () => {
    const { registry, start } = await setUp();
    for (let index = 0; index < 30; index++) await (await start(1, null, `p${index}`)).finished;
    assert.ok(registry.list().length <= 21);
    assert.equal(registry.get('p0'), undefined);
    assert.notEqual(registry.get('p29'), undefined);
  });
});
