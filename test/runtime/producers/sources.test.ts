import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../src/runtime/kafka/port.ts';
import { createClickstreamSource } from '../../../src/runtime/producers/clickstream-source.ts';
import { createFileSource } from '../../../src/runtime/producers/file-source.ts';
import { createLineSource, parseLine } from '../../../src/runtime/producers/line-source.ts';
import type { RecordSource } from '../../../src/runtime/producers/port.ts';
import { failsWith } from '../../fakes/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

async function drain(source: RecordSource, max: number): Promise<KafkaRecord[]> {
  const all: KafkaRecord[] = [];
  for (let batch = await source.next(max); batch.length > 0; batch = await source.next(max)) {
    assert.ok(batch.length <= max);
    all.push(...batch);
  }
  await source.close?.();
  return all;
}

const plain = { key: null, keySeparator: null };

describe('the clickstream', () => {
  const clickstream = (seed: number, count = 500) =>
    drain(createClickstreamSource({ count, seed, clock: new ManualClock(7_000) }), 64);

  it('has the columns and the key of the seed document', async () => {
    for (const [index, record] of (await clickstream(7)).entries()) {
      const [time, id, url, ip] = (record.value ?? '').split(',');
      assert.deepEqual([time, id, record.timestamp], ['7000', String(index), 7_000]);
      assert.match(url ?? '', /^www\.amazon(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])\.com$/);
      assert.match(ip ?? '', /^192\.168\.2\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
      assert.equal(record.key, ip);
    }
  });

  it('is the same for the same seed, whatever the batches, and another for another', async () => {
    const [first, again, other] = await Promise.all([
      clickstream(7),
      drain(createClickstreamSource({ count: 500, seed: 7, clock: new ManualClock(7_000) }), 500),
      clickstream(8)
    ]);
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
  });

  it('reaches every page and visitor, evenly', async () => {
    const counts = new Map<string, number>();
    for (const { key } of await clickstream(1, 51_000))
      counts.set(key ?? '', (counts.get(key ?? '') ?? 0) + 1);
    assert.equal(counts.size, 255);
    assert.ok([...counts.values()].every(count => count > 120 && count < 290));
  });
});

describe('lines', () => {
  it('become records, with a key where the separator is', () => {
    assert.deepEqual(parseLine('a:b:c', { key: null, keySeparator: ':' }), {
      key: 'a',
      value: 'b:c'
    });
    assert.deepEqual(parseLine('abc', { key: 'k', keySeparator: ':' }), { key: 'k', value: 'abc' });
    assert.deepEqual(parseLine('a:b', plain), { key: null, value: 'a:b' });
  });

  it('come once each and in order', async () => {
    const records = await drain(createLineSource(['a', 'b', 'c'], plain), 2);
    assert.deepEqual(
      records.map(({ value }) => value),
      ['a', 'b', 'c']
    );
  });
});

describe('a file', () => {
  const temporary = async (test: TestContext, content: string): Promise<string> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'headrace-test-'));
    test.after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(path.join(folder, 'lines.txt'), content);
    return path.join(folder, 'lines.txt');
  };
  const read = async (file: string, max: number, count: number | null = null) =>
    (await drain(await createFileSource({ path: file, format: plain, count }), max)).map(
      ({ value }) => value
    );

  it('gives its lines whatever the chunks are', async test => {
    const line = fc.string({ minLength: 1, unit: 'binary' }).filter(text => !/[\r\n]/.test(text));
    for (const lines of fc.sample(fc.array(line), 10)) {
      const file = await temporary(test, lines.join('\n'));
      assert.deepEqual(await read(file, 3), lines);
    }
    const many = Array.from({ length: 40_000 }, (_, index) => `zeile-ü-${index}`);
    assert.deepEqual(await read(await temporary(test, `${many.join('\r\n')}\r\n`), 5_000), many);
  });

  it('ends at the count, and leaves empty lines out', async test => {
    const file = await temporary(test, 'a\n\n\nb\nc');
    assert.deepEqual(await read(file, 10, 2), ['a', 'b']);
  });

  it('that is missing, or no text, is refused', async test => {
    const missing = createFileSource({ path: '/nowhere/x', format: plain, count: null });
    await assert.rejects(missing, failsWith('HR_FILE', /\/nowhere\/x cannot be read \(ENOENT\)/));
    const file = await temporary(test, 'x'.repeat(1_500_000));
    await assert.rejects(read(file, 10), failsWith('HR_FILE', /a line above 1,000,000 characters/));
  });
});
