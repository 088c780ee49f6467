import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clicks, collect, eventually, specOf, StreamFixture } from './stream-fixture.ts';

describe('streams of rows and of SQL', { timeout: 900_000 }, () => {
  let on: StreamFixture;
  before(async () => {
    on = await StreamFixture.open('streams-test');
  });
  after(() => on.close());

  it('appends every parsed row to a table, and sets malformed records aside', async () => {
    const topic = await on.newTopic();
    await on.produce(topic, [...clicks(50), { value: 'oops' }, { value: '1,2,3' }]);
    const source = { topic, format: 'clickstream' as const };
    const request = specOf({
      name: 'visits',
      sources: [source],
      query: { kind: 'rows' },
      table: `visits_${process.pid}`
    });
    const stream = await on.start(request);
    assert.deepEqual(stream.columns, [
      { name: 'recordtime', type: 'time' },
      { name: 'eventid', type: 'number' },
      { name: 'url', type: 'text' },
      { name: 'ip', type: 'text' }
    ]);
    const rows = collect(stream);
    await eventually(
      () => `${rows.size} rows`,
      () => rows.size === 50
    );
    await eventually(
      () => JSON.stringify(stream.status()),
      () => stream.status().dead === 2
    );
    assert.deepEqual([...rows.values()].find(({ row }) => row?.['eventid'] === 7)?.row, {
      recordtime: 1_700_000_007_000,
      eventid: 7,
      url: 'www.amazon2.com',
      ip: '192.168.2.1'
    });
    const inTable = () =>
      on.sql(`SELECT count(*), count(DISTINCT eventid) FROM visits_${process.pid}`);
    await eventually(
      () => 'the table lacks rows',
      async () => Number((await inTable())[0]?.[0]) === 50
    );
    await on.stop('visits', false);
    await on.produce(topic, [...clicks(30, 50), { value: 'again' }]);
    const second = await on.start(request);
    await eventually(
      () => JSON.stringify(second.status()),
      () => second.status().dead === 3
    );
    await eventually(
      () => 'the table lacks rows after the restart',
      async () => Number((await inTable())[0]?.[0]) === 80
    );
    assert.deepEqual((await inTable())[0]?.map(Number), [80, 80]);
    const dead = await on.kafka.peek(`_headrace.${on.notebookId}.visits.dead`, 100);
    const oops = dead.find(({ value }) => value?.includes('oops') === true);
    assert.equal(oops?.headers['source-topic'], topic);
    assert.match(oops.headers['reason'] ?? '', /CSV/);
    await on.stop('visits', true);
  });

  it('runs a grouped SELECT of its own with the time of its input', async () => {
    const topic = await on.newTopic();
    const records = clicks(40);
    await on.produce(topic, records);
    const text = `SELECT url, (count(*)) AS n FROM \`${topic}\` GROUP BY url -- by page`;
    const query = { kind: 'sql' as const, text };
    const sources = [{ topic, format: 'clickstream' as const }];
    const stream = await on.start(specOf({ name: 'hits', sources, query }));
    assert.deepEqual(stream.keys, ['url']);
    assert.deepEqual(
      stream.columns.map(({ name }) => name),
      ['url', 'n']
    );
    const rows = collect(stream);
    const counted = () => [...rows.values()].map(({ row }) => row?.['n']);
    await eventually(
      () => `counts ${counted().join()}`,
      () => counted().join() === '8,8,8,8,8'
    );
    assert.ok([...rows.values()].every(({ eventTime }) => eventTime !== null));
    await on.stop('hits', true);
  });

  it('runs what real-time mode refuses in micro-batches and says why', async () => {
    const topic = await on.newTopic();
    await on.python("spark.udf.register('shout', lambda s: s.upper())");
    const query = { kind: 'sql' as const, text: `SELECT shout(value) AS loud FROM \`${topic}\`` };
    const sources = [{ topic, format: 'text' as const }];
    const stream = await on.start(specOf({ name: 'loud', sources, query }));
    const rows = collect(stream);
    await on.produce(topic, [{ value: 'hear' }]);
    await eventually(
      () => JSON.stringify(stream.status()),
      () => stream.status().mode === 'micro-batch'
    );
    assert.match(stream.status().reason, /Real-time mode is not possible.*Python functions/);
    await eventually(
      () => `${rows.size} rows`,
      () => rows.size === 1
    );
    assert.equal([...rows.values()][0]?.row?.['loud'], 'HEAR');
    await on.stop('loud', true);
  });

  it('infers the columns of JSON from a sample, and reads the fields that are missing as null', async () => {
    const topic = await on.newTopic();
    await on.produce(topic, [{ value: '{"a":1,"b":"x"}' }, { value: '{"a":2}' }, { value: 'no' }]);
    const sources = [{ topic, format: 'json' as const }];
    const stream = await on.start(specOf({ name: 'things', sources, query: { kind: 'rows' } }));
    const rows = collect(stream);
    await eventually(
      () => `${rows.size} rows`,
      () => rows.size === 2
    );
    await eventually(
      () => JSON.stringify(stream.status()),
      () => stream.status().dead === 1
    );
    assert.deepEqual(
      [...rows.values()].map(({ row }) => row).sort((a, b) => Number(a?.['a']) - Number(b?.['a'])),
      [
        { a: 1, b: 'x' },
        { a: 2, b: null }
      ]
    );
    await on.stop('things', true);
  });
});
