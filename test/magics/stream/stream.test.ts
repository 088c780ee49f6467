import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';
import { wordRow } from '../../fakes/views.ts';

const rows = (count: number) => Array.from({ length: count }, (_, n) => wordRow(`w${n}`, n));

describe('%stream wordcount', () => {
  it('opens bars and ends at once where a person watches', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words');
    const { text } = await cell('%stream wordcount --topic words --as counts --top 5');
    assert.match(text, /^Stream counts is live after /);
    assert.deepEqual((await runtime.streams()).get('counts')?.spec, {
      name: 'counts',
      sources: [{ topic: 'words', format: 'text' }],
      query: { kind: 'wordcount' },
      from: 'earliest',
      mode: 'adaptive',
      maxRealTimeRate: 5000
    });
    const [view] = notebook.views.opened;
    assert.deepEqual(
      [view?.kind, view?.category, view?.values, view?.limit, view?.title],
      ['bars', 'word', ['n'], 5, 'Word count of words']
    );
    assert.equal(notebook.views.finished, 0);
  });

  it('is bounded headless: idle for 5 s after having caught up', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    const { out } = await cell('%stream wordcount --topic words', { interactive: false });
    assert.match(out, /no rows came for 5 s\. The stream runs on; %stop wordcount ends it/);
    assert.equal(notebook.views.finished, 1);
  });

  it('does not take a slow first row for the end', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    await cell('%%produce --topic words\nto be');
    const newest = (await notebook.kafka.peek('words', 1))[0]?.timestamp ?? 0;
    notebook.views.onOpen = stream => {
      void notebook.clock.sleep(20_000).then(() => stream.emit([wordRow('be', 1, newest)]));
    };
    const { out } = await cell('%stream wordcount --topic words', { interactive: false });
    assert.match(out, /^1 result row in wordcount: no rows came for 5 s\./);
    notebook.views.onOpen = () => undefined;
    const dropped = await cell('%stream wordcount --topic words --as b', { interactive: false });
    assert.match(dropped.out, /^0 result rows in b: no rows came for 30 s\./);
  });

  it('is bounded headless by 60 s while a backlog is left', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    notebook.streams.prepare = stream => stream.set({ backlog: 10 });
    const { out } = await cell('%stream wordcount --topic words', { interactive: false });
    assert.match(out, /60 s have passed/);
  });

  it('waits for rows or seconds where asked, and stops the query with --stop', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words');
    notebook.views.onOpen = stream => stream.emit(rows(7));
    const { out } = await cell('%stream wordcount --topic words --until-rows 7 --stop');
    assert.match(out, /^7 result rows in wordcount: 7 rows have come\. The stream is stopped\.\n$/);
    assert.equal((await runtime.streams()).get('wordcount')?.status().state, 'stopped');
    const seconds = await cell('%stream wordcount --topic words --as b --until-seconds 2');
    assert.match(seconds.out, /2 s have passed\. The stream runs on/);
  });

  it('fails with the reason of Spark, before and after it was live', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    notebook.streams.prepare = stream =>
      stream.set({ state: 'failed', reason: 'no such column x' });
    const failed = failsWith(
      'HR_STREAM_FAILED',
      /The stream wordcount failed \(no such column x\)/
    );
    await assert.rejects(cell('%stream wordcount --topic words'), failed);
    assert.equal(notebook.views.finished, 1, 'the view shows that it failed');
    notebook.streams.prepare = () => undefined;
    notebook.views.onOpen = stream => stream.set({ state: 'failed', reason: 'no such column x' });
    await assert.rejects(cell('%stream wordcount --topic words --follow'), failed);
    assert.equal(notebook.views.finished, 2);
  });

  it('says at an interrupt that the stream goes on', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    notebook.views.onOpen = () => notebook.abort.abort();
    await assert.rejects(
      cell('%stream wordcount --topic words --follow'),
      failsWith('HR_INTERRUPTED', /Still running: stream wordcount\.$/)
    );
    assert.equal(notebook.views.finished, 1);
  });

  it('names the nearest topic', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words');
    await assert.rejects(
      cell('%stream wordcount --topic wods'),
      failsWith('HR_TOPIC_NOT_FOUND', /Did you mean words\?/)
    );
  });
});

describe('%stream clickstream', () => {
  it('shows the rows as a table and appends them to one', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create blog-replay');
    notebook.streams.prepare = stream => {
      stream.columns = [
        { name: 'recordtime', type: 'time' },
        { name: 'eventid', type: 'number' },
        { name: 'url', type: 'text' }
      ];
      stream.keys = [];
    };
    await cell('%stream clickstream --topic blog-replay --table csmessages');
    const spec = (await runtime.streams()).get('clickstream')?.spec;
    assert.deepEqual([spec?.table, spec?.query.kind], ['csmessages', 'rows']);
    const [view] = notebook.views.opened;
    assert.deepEqual([view?.kind, view?.category, view?.values], ['table', null, []]);
  });
});

describe('%%stream', () => {
  const query = 'SELECT url, count(*) AS n FROM `blog-replay` GROUP BY url';

  it('finds its topics in the query and passes formats and schemas on', async test => {
    const { cell, runtime } = await openCells(test);
    await cell('%topic create blog-replay\n%topic create pages');
    const join = `${query.replace('`blog-replay`', '`blog-replay` JOIN pages ON 1 = 1')};`;
    await cell(`%%stream --as hits --format csv --schema "url STRING"\n${join}`);
    const spec = (await runtime.streams()).get('hits')?.spec;
    assert.deepEqual(spec?.sources, [
      { topic: 'blog-replay', format: 'csv', schema: 'url STRING' },
      { topic: 'pages', format: 'csv', schema: 'url STRING' }
    ]);
    assert.deepEqual(spec.query, { kind: 'sql', text: join.slice(0, -1) });
  });

  it('chooses the view by the columns unless it is told', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create blog-replay');
    await cell(`%%stream --as a --from blog-replay\n${query}`);
    await cell(`%%stream --as b --from blog-replay --chart table\n${query}`);
    notebook.streams.prepare = stream => {
      stream.columns = [
        { name: 'minute', type: 'time' },
        { name: 'n', type: 'number' }
      ];
      stream.keys = ['minute'];
    };
    await cell(`%%stream --as c --from blog-replay\n${query}`);
    assert.deepEqual(
      notebook.views.opened.map(view => [view.kind, view.category, view.values]),
      [
        ['bars', 'word', ['n']],
        ['table', null, ['n']],
        ['line', 'minute', ['n']]
      ]
    );
  });

  const mistakes: readonly [code: string, message: RegExp][] = [
    ['%%stream --as x\n', /%%stream has no query/],
    [`%%stream\n${query}`, /needs --as/],
    [
      `%%stream --as x --from other\n${query}`,
      /does not read the topic other\. Write FROM `other`/
    ],
    [
      '%%stream --as x\nSELECT 1 FROM blog_replay',
      /reads no topic\. Did you mean FROM `blog-replay`/
    ],
    [`%%stream --as x --format cvs\n${query}`, /--format cvs: it must be one of .*; perhaps csv/]
  ];
  for (const [code, message] of mistakes)
    it(`refuses ${JSON.stringify(code)}`, async test => {
      const { cell } = await openCells(test);
      await cell('%topic create blog-replay');
      await assert.rejects(cell(code), failsWith('HR_USAGE', message));
    });
});
