import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import type { ConsumedRecord, KafkaPort, KafkaRecord } from '../../src/runtime/kafka/port.ts';
import { HeadraceError, type ErrorCode } from '../../src/shared/errors.ts';
import { testStack } from './endpoints.ts';

const LIMIT = { timeout: 120_000 };

function failsWith(code: ErrorCode, line: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof HeadraceError, String(error));
    assert.equal(error.code, code);
    assert.match(error.line, line);
    return true;
  };
}

async function takeFrom(
  batches: AsyncIterable<readonly ConsumedRecord[]>,
  count: number
): Promise<ConsumedRecord[]> {
  const taken: ConsumedRecord[] = [];
  for await (const batch of batches) {
    taken.push(...batch);
    if (taken.length >= count) break;
  }
  return taken;
}

function numbered(count: number): KafkaRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `key-${index % 7}`,
    value: String(index),
    headers: { index: String(index) }
  }));
}

/** A port that was free a moment ago, so that nothing answers on it. */
async function silentBroker(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** What every client of Kafka has to do, against the broker of the tests. */
export function kafkaSuite(open: (brokers: readonly string[]) => KafkaPort): void {
  const kafka = open(testStack().brokers);
  after(() => kafka.close());

  async function withTopic(
    partitions: number,
    use: (topic: string) => Promise<void>
  ): Promise<void> {
    const name = `kafka-test-${randomUUID()}`;
    await kafka.admin.createTopics([{ name, partitions, config: { 'retention.ms': '600000' } }]);
    try {
      await use(name);
    } finally {
      if ((await kafka.admin.listTopics()).includes(name)) await kafka.admin.deleteTopics([name]);
    }
  }

  async function produce(topic: string, records: readonly KafkaRecord[]): Promise<void> {
    const producer = await kafka.producer();
    try {
      await producer.send(topic, records);
    } finally {
      await producer.close();
    }
  }

  describe('topics', LIMIT, () => {
    it('describes what was created: partitions, offsets and settings', () =>
      withTopic(3, async topic => {
        await produce(topic, [
          { value: 'a', partition: 0 },
          { value: 'b', partition: 2 },
          { value: 'c', partition: 2 }
        ]);
        const info = await kafka.admin.describeTopic(topic);
        assert.deepEqual(
          info.partitions.map(({ id, earliest, latest }) => [id, earliest, latest]),
          [
            [0, 0n, 1n],
            [1, 0n, 0n],
            [2, 0n, 2n]
          ]
        );
        assert.equal(info.config['retention.ms'], '600000');
        assert.ok(info.partitions.every(({ leader, isr }) => isr.includes(leader)));
      }));

    it('refuses a name that is taken and creates none of the others', () =>
      withTopic(1, async topic => {
        const other = `kafka-test-${randomUUID()}`;
        const created = kafka.admin.createTopics([
          { name: other, partitions: 1 },
          { name: topic, partitions: 1 }
        ]);
        await assert.rejects(created, failsWith('HR_TOPIC_EXISTS', new RegExp(topic)));
        assert.ok(!(await kafka.admin.listTopics()).includes(other));
      }));

    it('names the nearest topic for one that does not exist', () =>
      withTopic(1, async topic => {
        const misspelt = `${topic}x`;
        const hint = failsWith('HR_TOPIC_NOT_FOUND', new RegExp(`Did you mean ${topic}\\?`));
        await assert.rejects(kafka.admin.describeTopic(misspelt), hint);
        await assert.rejects(kafka.admin.deleteTopics([misspelt]), hint);
        await assert.rejects(kafka.peek(misspelt, 1), hint);
      }));

    it('tells why the broker refuses', async () => {
      const bad = [
        { name: `kafka-test-${randomUUID()}`, partitions: 1, config: { 'no.such': '1' } }
      ];
      await assert.rejects(
        kafka.admin.createTopics(bad),
        failsWith('HR_BROKER_REFUSED', /no\.such/)
      );
    });

    it('leaves topics that are gone out of the end offsets', () =>
      withTopic(2, async topic => {
        await produce(topic, [{ value: 'a', partition: 1 }]);
        const ends = await kafka.admin.endOffsets([topic, 'kafka-test-gone']);
        assert.deepEqual([...ends], [[topic, [0n, 1n]]]);
      }));

    it('can create a topic again right after its deletion', () =>
      withTopic(1, async topic => {
        await produce(topic, [{ value: 'old' }]);
        await kafka.admin.deleteTopics([topic]);
        await kafka.admin.createTopics([{ name: topic, partitions: 1 }]);
        await produce(topic, [{ value: 'new' }]);
        assert.deepEqual(
          (await kafka.peek(topic, 5)).map(({ value }) => value),
          ['new']
        );
      }));
  });

  describe('producing', LIMIT, () => {
    it('keeps keys, values, headers and timestamps, also where they are null', () =>
      withTopic(1, async topic => {
        const headers = { source: 'übung' };
        await produce(topic, [
          { key: 'k', value: 'välue', headers, timestamp: 1_700_000_000_000 },
          { key: 'k', value: null, timestamp: 1_700_000_000_001 }
        ]);
        const records = await kafka.peek(topic, 10);
        assert.deepEqual(
          records.map(({ key, value, headers, timestamp }) => ({ key, value, headers, timestamp })),
          [
            { key: 'k', value: 'välue', headers, timestamp: 1_700_000_000_000 },
            { key: 'k', value: null, headers: {}, timestamp: 1_700_000_000_001 }
          ]
        );
      }));

    it('chooses partitions as the test vectors of the Java client say', () =>
      withTopic(4, async topic => {
        const partitions = { '21': 0, foobar: 2, 'a-little-bit-longer-string': 3 };
        await produce(
          topic,
          Object.keys(partitions).map(key => ({ key, value: key }))
        );
        const chosen = (await kafka.peek(topic, 10)).map(({ key, partition }) => [key, partition]);
        assert.deepEqual(Object.fromEntries(chosen), partitions);
      }));

    it('spreads records that have no key', () =>
      withTopic(2, async topic => {
        await produce(topic, [{ value: 'a' }, { value: 'b' }]);
        assert.deepEqual((await kafka.admin.endOffsets([topic])).get(topic), [1n, 1n]);
      }));

    it('cuts what is larger than one request', () =>
      withTopic(1, async topic => {
        const value = 'x'.repeat(100_000);
        await produce(
          topic,
          Array.from({ length: 30 }, () => ({ value }))
        );
        assert.deepEqual((await kafka.admin.endOffsets([topic])).get(topic), [30n]);
      }));

    it('refuses a partition that the topic does not have', () =>
      withTopic(2, async topic => {
        const sent = produce(topic, [{ value: 'a', partition: 2 }]);
        await assert.rejects(sent, failsWith('HR_USAGE', /no partition 2 \(it has 2/));
      }));
  });

  describe('tail', LIMIT, () => {
    it('gives every record once and in order within a partition', () =>
      withTopic(3, async topic => {
        const stop = new AbortController();
        const records = numbered(5_000);
        await produce(topic, records.slice(0, 2_500));
        const tailed = takeFrom(
          kafka.tail({ topics: [topic], from: 'earliest', signal: stop.signal }),
          records.length
        );
        await produce(topic, records.slice(2_500));
        const seen = await tailed;
        assert.deepEqual(
          seen.map(({ value }) => Number(value)).sort((a, b) => a - b),
          records.map((_, index) => index)
        );
        for (const partition of [0, 1, 2]) {
          const offsets = seen
            .filter(one => one.partition === partition)
            .map(({ offset }) => offset);
          assert.deepEqual(
            offsets,
            offsets.map((_, index) => BigInt(index))
          );
        }
      }));

    it('starts from the end as it is when the tail is opened', () =>
      withTopic(1, async topic => {
        await produce(topic, [{ value: 'before' }]);
        const stop = new AbortController();
        const batches = kafka.tail({ topics: [topic], from: 'latest', signal: stop.signal });
        await kafka.admin.describeTopic(topic);
        const taken = takeFrom(batches, 1);
        await produce(topic, [{ value: 'after' }]);
        assert.deepEqual(
          (await taken).map(({ value }) => value),
          ['after']
        );
      }));

    it('ends when it is aborted', () =>
      withTopic(1, async topic => {
        const stop = new AbortController();
        await produce(topic, [{ value: 'a' }]);
        let batches = 0;
        for await (const batch of kafka.tail({
          topics: [topic],
          from: 'earliest',
          signal: stop.signal
        })) {
          batches += batch.length;
          stop.abort();
        }
        assert.equal(batches, 1);
      }));

    it('throws when its topic is deleted, also when that topic comes back', () =>
      withTopic(1, async topic => {
        const { signal } = new AbortController();
        const taken = takeFrom(kafka.tail({ topics: [topic], from: 'earliest', signal }), 1);
        const gone = assert.rejects(taken, failsWith('HR_TOPIC_NOT_FOUND', new RegExp(topic)));
        await kafka.admin.endOffsets([topic]);
        await kafka.admin.deleteTopics([topic]);
        await kafka.admin.createTopics([{ name: topic, partitions: 1 }]);
        await gone;
      }));
  });

  describe('a broker that does not answer', LIMIT, () => {
    it('is told by every operation within a bound', async () => {
      const broker = await silentBroker();
      const lost = open([broker]);
      const { signal } = new AbortController();
      const unreachable = failsWith('HR_BROKER_UNREACHABLE', new RegExp(broker));
      await assert.rejects(lost.admin.listTopics(), unreachable);
      await assert.rejects(
        takeFrom(lost.tail({ topics: ['a'], from: 'latest', signal }), 1),
        unreachable
      );
      const producer = await lost.producer();
      await assert.rejects(producer.send('a', [{ value: 'b' }]), unreachable);
      await producer.close();
      await lost.close();
    });

    it('does not delay an interrupt', async () => {
      const lost = open([await silentBroker()]);
      const signal = AbortSignal.abort();
      await assert.rejects(
        lost.admin.listTopics(signal),
        failsWith('HR_INTERRUPTED', /Interrupted/)
      );
      await lost.close();
    });
  });
}
