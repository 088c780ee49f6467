import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  collect,
  countWords,
  eventually,
  failsWith,
  limit,
  lines,
  sorted,
  specOf,
  StreamFixture,
  untilCounts,
  wordCount
} from './stream-fixture.ts';

describe('the life of a stream', { timeout: 900_000 }, () => {
  let on: StreamFixture;
  before(async () => {
    on = await StreamFixture.open('lifecycle-test');
  });
  after(() => on.close());

  it('counts words exactly, in real time, over a stop and a heavy cell, and answers SQL', async () => {
    const topic = await on.newTopic();
    const all = lines(400);
    await on.produce(topic, all.slice(0, 100));
    const first = await on.start(wordCount('counts', topic));
    assert.deepEqual(first.columns, [
      { name: 'word', type: 'text' },
      { name: 'n', type: 'number' }
    ]);
    assert.deepEqual(first.keys, ['word']);
    const rows = collect(first);
    await untilCounts(rows, countWords(all.slice(0, 100)));
    await eventually(
      () => JSON.stringify(first.status()),
      () => first.status().mode === 'real-time'
    );

    const heavy = on.python(
      "spark.range(0, 20_000_000, 1, 100).selectExpr('sum(hash(id, id))').collect()"
    );
    await on.produce(topic, all.slice(100, 200));
    await heavy;
    await untilCounts(rows, countWords(all.slice(0, 200)));
    assert.equal(first.status().state, 'live');
    await eventually(
      () => JSON.stringify(first.status()),
      () => first.status().latencyMs !== null
    );

    await on.stop('counts', false);
    assert.equal((await first.ended).state, 'stopped');
    await on.produce(topic, all.slice(200, 300));
    const second = await on.start(wordCount('counts', topic));
    const resumed = collect(second);
    await untilCounts(resumed, countWords(all.slice(0, 300)));
    await on.produce(topic, all.slice(300));
    await untilCounts(resumed, countWords(all));

    const table = await on.sql('SELECT word, n FROM counts');
    assert.deepEqual(
      sorted(Object.fromEntries(table) as Record<string, unknown>),
      sorted(countWords(all))
    );
    await on.stop('counts', true);
    assert.deepEqual(await on.leftTopics(), []);
  });

  it('is found again by a new kernel, which gets every row', async () => {
    const topic = await on.newTopic();
    const all = lines(60);
    await on.produce(topic, all);
    const started = await on.start(wordCount('kept', topic));
    await untilCounts(collect(started), countWords(all));
    await on.restartKernel();
    const adopted = await on.streams.adopt(limit());
    assert.deepEqual(
      adopted.map(({ name }) => name),
      ['kept']
    );
    const [stream] = adopted;
    assert.ok(stream !== undefined);
    assert.deepEqual(stream.spec, started.spec);
    await untilCounts(collect(stream), countWords(all));
    await eventually(
      () => JSON.stringify(stream.status()),
      () => stream.status().state === 'live'
    );
    assert.equal(await on.start(wordCount('kept', topic)), stream);
    const other = { ...wordCount('kept', topic), from: 'latest' as const };
    await assert.rejects(on.start(other), failsWith('HR_USAGE', /kept runs already/));
    await on.stop('kept', true);
  });

  it('refuses in one line what cannot run, and leaves nothing behind', async () => {
    const topic = await on.newTopic();
    const sources = [{ topic, format: 'clickstream' as const }];
    const start = (text: string) =>
      on.start(specOf({ name: 'bad', sources, query: { kind: 'sql', text } }));
    const missing = wordCount('bad', `${topic}x`);
    await assert.rejects(
      on.start(missing),
      failsWith('HR_TOPIC_NOT_FOUND', new RegExp(`Did you mean ${topic}`))
    );
    await assert.rejects(
      start(`SELECT uri FROM \`${topic}\``),
      failsWith('HR_SQL', /`uri` cannot be resolved\. Did you mean.*`url`/)
    );
    await assert.rejects(start(`SELEC url FROM \`${topic}\``), failsWith('HR_SQL', /Syntax error/));
    await assert.rejects(
      start(`SELECT count(*) AS n FROM \`${topic}\` GROUP BY url`),
      failsWith('HR_SQL', /grouping column/)
    );
    await assert.rejects(
      start(`SELECT url, count(*) AS n FROM \`${topic}\` GROUP BY url ORDER BY n`),
      failsWith('HR_SQL', /Sorting is not supported/)
    );
    await assert.rejects(on.stop('nobody', false), failsWith('HR_STREAM_NOT_FOUND', /nobody/));
    assert.deepEqual(await on.leftTopics(), []);
  });
});
