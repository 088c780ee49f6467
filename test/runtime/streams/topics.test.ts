import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TopicSpec } from '../../../src/runtime/kafka/port.ts';
import { ensureTopics, topicsOf } from '../../../src/runtime/streams/topics.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';

const { signal } = new AbortController();
const topics = topicsOf('nb', 'counts');

/** Settings of the topics that are made for a stream on these brokers, by their last word. */
async function settingsOn(...brokers: readonly string[]) {
  const kafka = new MemoryKafka();
  await ensureTopics({ admin: kafka.admin, brokers }, topics, signal);
  return Object.fromEntries(
    [...kafka.topics].map(([name, { spec }]): [string, TopicSpec['config']] => [
      name.split('.').at(-1) ?? '',
      spec.config
    ])
  );
}

describe('topics of a stream', () => {
  it('are kept small on disk', async () => {
    assert.deepEqual(await settingsOn('127.0.0.1:9092'), {
      progress: { 'cleanup.policy': 'compact', 'segment.bytes': '1048576' },
      dead: { 'retention.bytes': '67108864', 'segment.bytes': '8388608' }
    });
  });

  it('have only the settings that MSK Serverless takes', async () => {
    assert.deepEqual(await settingsOn('boot-x.c1.kafka-serverless.eu-west-1.amazonaws.com:9098'), {
      progress: { 'cleanup.policy': 'compact' },
      dead: { 'retention.bytes': '67108864' }
    });
  });
});
