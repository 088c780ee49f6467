import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsumedRecord } from '../../../src/runtime/kafka/port.ts';
import { searchBack, type Found } from '../../../src/runtime/trace/search-back.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';

/** A topic with records of these times by partition; the value of a record is its time. */
function topicOf(name: string, partitions: readonly (readonly number[])[], kafka: MemoryKafka) {
  const records = partitions.flatMap((times, partition) =>
    times.map((timestamp, offset): ConsumedRecord => ({
      topic: name,
      partition,
      offset: BigInt(offset),
      timestamp,
      key: null,
      value: String(timestamp),
      headers: {}
    }))
  );
  kafka.topics.set(name, { spec: { name, partitions: partitions.length }, records });
}

function countTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function search(
  kafka: MemoryKafka,
  matches: (record: ConsumedRecord) => boolean,
  clock = new ManualClock()
): Promise<Found> {
  const reader = await kafka.reader([...kafka.topics.keys()]);
  return await searchBack(reader, matches, { clock, signal: new AbortController().signal });
}

describe('a search back', () => {
  it('looks at everything where that is little', async () => {
    const kafka = new MemoryKafka();
    topicOf('t', [countTo(3), [], countTo(2)], kafka);
    const { records, ...rest } = await search(kafka, ({ value }) => value === '1');
    assert.deepEqual(rest, { searched: 5, stopped: null });
    assert.deepEqual(
      records.map(({ partition, offset }) => [partition, offset]),
      [
        [0, 1n],
        [2, 1n]
      ]
    );
  });

  it('goes back in pages from the end, and not before the start of a partition', async () => {
    const kafka = new MemoryKafka();
    topicOf('t', [countTo(5_000)], kafka);
    kafka.topics.get('t')?.records.splice(0, 500);
    const { searched } = await search(kafka, () => false);
    assert.equal(searched, 4_500);
    assert.deepEqual(
      kafka.reads.map(({ from, to }) => [from, to]),
      [
        [3_000n, 5_000n],
        [1_000n, 3_000n],
        [500n, 1_000n]
      ]
    );
  });

  it('ends when enough are found', async () => {
    const kafka = new MemoryKafka();
    topicOf('t', [countTo(9_000)], kafka);
    const { records, searched, stopped } = await search(kafka, () => true);
    assert.deepEqual([records.length, searched, stopped], [100, 2_000, 'enough']);
    assert.deepEqual([records[0]?.timestamp, records[99]?.timestamp], [8_999, 8_900]);
  });

  it('finds the newest of all partitions and topics, whichever is written to most', async () => {
    const kafka = new MemoryKafka();
    topicOf('slow', [countTo(6_000).map(at => at * 10)], kafka);
    topicOf('fast', [countTo(6_000).map(at => 54_000 + at)], kafka);
    const { records } = await search(
      kafka,
      ({ topic, timestamp }) => timestamp % 500 === (topic === 'slow' ? 250 : 0)
    );
    assert.deepEqual(
      records.slice(0, 3).map(({ topic, timestamp }) => [topic, timestamp]),
      [
        ['slow', 59_750],
        ['fast', 59_500],
        ['slow', 59_250]
      ]
    );
    const times = records.map(({ timestamp }) => timestamp);
    assert.deepEqual(
      times,
      times.toSorted((left, right) => right - left)
    );
  });

  it('looks at no more than 50,000 records over all partitions', async () => {
    const kafka = new MemoryKafka();
    topicOf('t', [countTo(33_000), countTo(33_000)], kafka);
    const { searched, stopped } = await search(kafka, () => false);
    assert.deepEqual([searched, stopped], [50_000, 'count']);
  });

  it('begins no page after its time', async () => {
    const kafka = new MemoryKafka();
    topicOf('t', [countTo(20_000)], kafka);
    const clock = new ManualClock();
    kafka.beforeRead = () => clock.advance(1_000);
    const { searched, stopped } = await search(kafka, () => false, clock);
    assert.deepEqual([searched, stopped], [6_000, 'time']);
  });
});
