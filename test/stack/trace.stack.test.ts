import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import { testStack } from './endpoints.ts';

const kafka = createKafka({ brokers: testStack().brokers, clientId: 'headrace-test' });
after(() => kafka.close());

describe('a reader', { timeout: 60_000 }, () => {
  it('reads pages of a partition from any offset, up to where it was opened', async () => {
    const topic = `trace-test-${randomUUID()}`;
    await kafka.admin.createTopics([{ name: topic, partitions: 2 }]);
    const producer = await kafka.producer();
    try {
      const records = Array.from({ length: 50 }, (_, n) => ({ value: String(n), partition: 1 }));
      await producer.send(topic, records);
      const reader = await kafka.reader([topic]);
      await producer.send(topic, records);
      assert.deepEqual(
        reader.partitions.map(({ latest }) => latest),
        [0n, 50n]
      );
      const values = async (from: bigint, to: bigint) =>
        (await reader.read(topic, 1, { from, to })).map(({ value }) => value);
      assert.deepEqual(await values(10n, 13n), ['10', '11', '12']);
      assert.deepEqual(await values(48n, 99n), ['48', '49']);
      assert.deepEqual(await values(60n, 61n), []);
      await reader.close();
    } finally {
      await producer.close();
      await kafka.admin.deleteTopics([topic]);
    }
  });
});
