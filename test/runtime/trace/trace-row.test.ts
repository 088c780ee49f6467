import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { MAX_SOURCE_RECORDS, sourceRecordsSchema } from '../../../src/shared/source-record.ts';
import { asked, lines, offsetsOf, Tracing, type Asked } from './tracing.ts';

const WORDS: Asked = {
  kind: 'wordcount',
  sources: [{ topic: 'words', format: 'text' }],
  columns: { word: 'text', n: 'number' },
  keys: ['word'],
  row: { word: 'a', n: 2 }
};
const ROWS: Asked = {
  sources: [{ topic: 'my-topic-1', format: 'json', schema: 'ip STRING, n INT' }],
  columns: { ip: 'text', n: 'number' },
  row: { ip: 'x', n: 1 }
};

describe('the records behind a word', () => {
  it('are those with the word between white space, the newest first', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines('a b', 'ab', 'b\ta', null, 'B A', 'a\u00a0b'));
    const found = await tracing.trace(asked(WORDS));
    assert.deepEqual(offsetsOf(found), ['2', '0']);
    assert.deepEqual([found.searched, found.note], [6, '']);
  });

  it('are found behind a bar as behind a row', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines('a', 'b'));
    assert.deepEqual(
      offsetsOf(
        await tracing.trace(
          asked({ ...WORDS, view: { kind: 'bars', category: 'word', values: ['n'] } })
        )
      ),
      ['0']
    );
  });

  it('carry what is shown of a record', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', [{ key: 'k', value: `a ${'b'.repeat(9_000)}`, timestamp: 7 }]);
    const found = await tracing.trace(asked(WORDS));
    const [record] = sourceRecordsSchema.parse(found).records;
    const { value, ...rest } = record ?? { value: '' };
    assert.deepEqual(rest, { topic: 'words', partition: 0, offset: '0', timestamp: 7, key: 'k' });
    assert.match(value ?? '', /^a b+…$/);
  });

  it('may be older than a stream that began at the end, which is said where some are found', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines('a'));
    const late = asked({ ...WORDS, from: 'latest' });
    assert.match((await tracing.trace(late)).note, /^The stream began at the end/);
    const none = await tracing.trace({ ...late, row: { word: 'z', n: 1 } });
    assert.deepEqual(none, { records: [], searched: 1, note: '' });
  });
});

describe('the record of a row that is not aggregated', () => {
  it('is the one that the key of the result names, also in a topic with hyphens and digits', async () => {
    const tracing = new Tracing();
    await tracing.produce('my-topic-1', lines('{"ip":"x"}', '{"ip":"y"}', '{"ip":"z"}'));
    const found = await tracing.trace(asked({ ...ROWS, recordKey: 'my-topic-1-0-1' }));
    assert.deepEqual(offsetsOf(found), ['1']);
    assert.deepEqual([found.searched, found.note], [1, '']);
    assert.deepEqual(tracing.kafka.reads, [
      { topic: 'my-topic-1', partition: 0, from: 1n, to: 2n }
    ]);
  });

  it('is named with a hash by the key of a result of SQL', async () => {
    const tracing = new Tracing();
    await tracing.produce('a-0', lines('{}', '{}', '{}'));
    const request = asked({
      ...ROWS,
      sql: 'SELECT ip FROM `a-0`',
      sources: ['a', 'a-0'].map(topic => ({ topic, format: 'json' })),
      recordKey: 'a-0-0-2-1F'
    });
    assert.deepEqual(offsetsOf(await tracing.trace(request)), ['2']);
  });

  it('may be gone, with its topic or without', async () => {
    const tracing = new Tracing();
    const request = asked({ ...ROWS, recordKey: 'my-topic-1-0-0' });
    assert.match((await tracing.trace(request)).note, /no longer in its topic/);
    await tracing.produce('my-topic-1', lines('{}', '{}'));
    tracing.kafka.topics.get('my-topic-1')?.records.shift();
    assert.match((await tracing.trace(request)).note, /no longer in its topic/);
    const elsewhere = asked({ ...ROWS, recordKey: 'my-topic-1-7-0' });
    assert.match((await tracing.trace(elsewhere)).note, /no longer in its topic/);
  });

  it('is searched for by its cells where no key is known, or one that says nothing', async () => {
    const tracing = new Tracing();
    await tracing.produce(
      'my-topic-1',
      lines('{"ip":"x","n":1}', '{"ip":"x","n":2}', '{"ip":"x","n":1}', 'no JSON')
    );
    assert.deepEqual(offsetsOf(await tracing.trace(asked(ROWS))), ['2', '0']);
    const strange = asked({ ...ROWS, recordKey: 'f81d4fae-7dec' });
    assert.deepEqual(offsetsOf(await tracing.trace(strange)), ['2', '0']);
  });
});

describe('a trace', () => {
  it('goes through topics that are left, and names those that are gone', async () => {
    const tracing = new Tracing();
    await tracing.produce('here', lines('{"ip":"x"}'));
    const request = asked({
      sql: 'SELECT ip, count(*) AS n FROM here JOIN gone USING (ip) GROUP BY ip',
      sources: ['here', 'gone'].map(topic => ({ topic, format: 'json' })),
      columns: { ip: 'text', n: 'number' },
      keys: ['ip'],
      row: { ip: 'x', n: 1 }
    });
    const found = await tracing.trace(request);
    assert.deepEqual(offsetsOf(found), ['0']);
    assert.match(found.note, /^No longer there: the topic gone\./);
  });

  it('ends at once when it is aborted, and leaves no reader open', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines('a'));
    tracing.kafka.beforeRead = () => new Promise(() => undefined);
    const found = tracing.trace(asked(WORDS));
    setImmediate(() => tracing.abort.abort());
    await assert.rejects(
      found,
      (error: unknown) => error instanceof HeadraceError && error.code === 'HR_INTERRUPTED'
    );
    assert.equal(tracing.kafka.openReaders, 0);
  });

  it('closes its reader', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines('a'));
    await tracing.trace(asked(WORDS));
    assert.equal(tracing.kafka.openReaders, 0);
  });

  it('shows no more records than an answer holds, and says so', async () => {
    const tracing = new Tracing();
    await tracing.produce('words', lines(...Array.from({ length: 150 }, () => 'a')));
    const found = await tracing.trace(asked(WORDS));
    assert.equal(sourceRecordsSchema.parse(found).records.length, MAX_SOURCE_RECORDS);
    assert.equal(found.records[0]?.offset, '149');
    assert.equal(found.note, 'Only the newest 100 are shown.');
  });
});
