import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { KafkaPort } from '../../src/runtime/kafka/port.ts';
import { livyName } from '../../src/runtime/session/session-names.ts';
import { RELAY_SESSION } from '../../src/runtime/session-port.ts';
import { testStack } from './endpoints.ts';
import { kafkaSuite } from './kafka-suite.ts';
import { openRelay, testLivy } from './relay-fixture.ts';
import {
  collect,
  countWords,
  eventually,
  lines,
  StreamFixture,
  untilCounts,
  wordCount
} from './stream-fixture.ts';

const LIMIT = { timeout: 240_000 };

kafkaSuite(openRelay);

describe('the session of the relay', LIMIT, () => {
  const livy = testLivy();
  const notebook = `relay-${randomUUID()}`;
  const topic = `relay-test-${randomUUID()}`;
  const name = livyName(notebook, RELAY_SESSION);
  let kafka: KafkaPort;
  before(() => {
    kafka = openRelay(testStack().brokers, { livy, notebook });
  });
  after(() => kafka.close());

  it('starts with the first request', async () => {
    assert.equal(await livy.getSession(name), null);
    await kafka.admin.createTopics([{ name: topic, partitions: 2 }]);
    assert.equal((await livy.getSession(name))?.state, 'idle');
  });

  it('is replaced when it is gone, and tails go on without a gap', async () => {
    const producer = await kafka.producer();
    const stop = new AbortController();
    const seen: (string | null)[] = [];
    const tail = async (): Promise<void> => {
      const { signal } = stop;
      for await (const batch of kafka.tail({ topics: [topic], from: 'earliest', signal }))
        seen.push(...batch.map(({ value }) => value));
    };
    const tailed = tail();
    const numbers = (from: number) => Array.from({ length: 50 }, (_, n) => String(from + n));
    const send = (from: number) =>
      producer.send(
        topic,
        numbers(from).map(value => ({ value }))
      );
    await send(100);
    await eventually(
      () => `${seen.length} of 50`,
      () => seen.length === 50
    );
    const first = await livy.getSession(name);
    assert.ok(first !== null);
    await livy.deleteSession(first.id);
    // The tail is what notices: it asks all the time.
    await eventually(
      () => 'no other session',
      async () => {
        const session = await livy.getSession(name);
        return session !== null && session.id !== first.id && session.state === 'idle';
      }
    );
    await send(200);
    await eventually(
      () => `${seen.length} of 100`,
      () => seen.length >= 100
    );
    assert.deepEqual(seen.toSorted(), [...numbers(100), ...numbers(200)]);
    stop.abort();
    await tailed;
  });

  it('ends with the connection', async () => {
    await kafka.admin.deleteTopics([topic]);
    await kafka.close();
    assert.equal(await livy.getSession(name), null);
  });
});

describe('a stream through the relay', LIMIT, () => {
  it('shows its rows live, while cells run in their own session', async () => {
    const fixture = await StreamFixture.open(
      'relayed',
      openRelay(testStack().brokers, { notebook: `relayed-${process.pid}` })
    );
    try {
      const topic = await fixture.newTopic();
      const stream = await fixture.start(wordCount('counts', topic));
      const rows = collect(stream);
      const busy = fixture.python('import time; time.sleep(20)');
      await fixture.produce(topic, lines(300));
      await untilCounts(rows, countWords(lines(300)));
      await fixture.produce(topic, lines(300));
      await untilCounts(rows, countWords([...lines(300), ...lines(300)]));
      await busy;
      await eventually(
        () => `it is ${stream.status().state}`,
        () => stream.status().state === 'live'
      );
      await fixture.stop('counts', true);
      assert.deepEqual(await fixture.leftTopics(), []);
    } finally {
      await fixture.close();
    }
  });
});
