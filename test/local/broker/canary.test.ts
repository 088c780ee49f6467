import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sendCanary } from '../../../src/local/broker/canary.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const never = new AbortController().signal;

describe('sendCanary', () => {
  it('passes when a record came back, and leaves no topic and no producer', async () => {
    const kafka = new MemoryKafka();
    await sendCanary(kafka, { clock: new VirtualClock(), signal: never });
    assert.equal(kafka.topics.size, 0);
    assert.equal(kafka.openProducers, 0);
  });

  it('waits for a broker that does not answer yet', async () => {
    const kafka = new MemoryKafka();
    let looks = 0;
    kafka.admin.listTopics = () => {
      looks += 1;
      const refused = new HeadraceError('HR_BROKER_UNREACHABLE', 'No broker answers');
      return looks < 4 ? Promise.reject(refused) : Promise.resolve([...kafka.topics.keys()]);
    };
    await sendCanary(kafka, { clock: new VirtualClock(), signal: never });
    assert.equal(looks, 4);
  });

  it('fails when the broker lost the record that it acknowledged', async () => {
    const kafka = new MemoryKafka();
    kafka.peek = () => Promise.resolve([]);
    await assert.rejects(sendCanary(kafka, { clock: new VirtualClock(), signal: never }), {
      code: 'HR_BROKER_REFUSED'
    });
    assert.equal(kafka.topics.size, 0);
  });

  it('ends with its signal', async () => {
    const kafka = new MemoryKafka();
    const ending = new AbortController();
    kafka.admin.listTopics = () => {
      ending.abort();
      return Promise.reject(new HeadraceError('HR_BROKER_UNREACHABLE', 'No broker answers'));
    };
    await assert.rejects(sendCanary(kafka, { clock: new VirtualClock(), signal: ending.signal }), {
      code: 'HR_INTERRUPTED'
    });
  });
});
