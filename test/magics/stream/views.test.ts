import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

const spec = '{\n  "mark": "bar",\n  "title": "Words"\n}';

describe('the view that a stream cell asks for', () => {
  it('takes kind, columns and window', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    await cell('%stream wordcount --topic words --chart number --window 5m');
    await cell('%stream wordcount --topic words --as b --chart histogram --x n --top 15');
    assert.deepEqual(
      notebook.views.opened.map(view => [view.kind, view.category, view.windowMs, view.limit]),
      [
        ['number', null, 300_000, 120],
        ['histogram', 'n', null, 15]
      ]
    );
  });

  it('is the specification below a query', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words');
    await cell(`%%stream --as own --from words\nSELECT word, n FROM words;\n${spec}`);
    const [view] = notebook.views.opened;
    assert.deepEqual(
      [view?.kind, view?.definition],
      ['vega-lite', { mark: 'bar', title: 'Words' }]
    );
    const { query } = (await runtime.streams()).get('own')?.spec ?? {};
    assert.deepEqual(query, { kind: 'sql', text: 'SELECT word, n FROM words' });
  });

  it('is the specification that is the body, or in a file', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('chart.json', spec);
    await cell('%topic create words');
    await cell(`%%stream wordcount --topic words\n${spec}`);
    await cell(`%%stream clickstream --topic words\n${spec}`);
    await cell('%stream wordcount --topic words --as b --chart chart.json');
    for (const view of notebook.views.opened)
      assert.deepEqual(view.definition, { mark: 'bar', title: 'Words' });
    assert.equal(notebook.views.opened.length, 3);
  });

  it('is opened before the stream is live, and stays when the cell is interrupted', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    notebook.streams.prepare = stream => stream.set({ state: 'starting' });
    let seen = '';
    notebook.views.onOpen = stream => {
      seen = stream.status().state;
      notebook.abort.abort();
    };
    await assert.rejects(cell('%stream wordcount --topic words'), failsWith('HR_INTERRUPTED', /./));
    assert.deepEqual([seen, notebook.views.finished], ['starting', 0]);
  });

  it('ends with a start that takes too long', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    notebook.streams.prepare = stream => stream.set({ state: 'starting' });
    await assert.rejects(
      cell('%stream wordcount --topic words'),
      failsWith('HR_TIMEOUT', /not live after 2 minutes/)
    );
    assert.equal(notebook.views.finished, 1);
  });

  it('is not opened where the columns cannot make it; the stream runs', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words');
    const code = '%stream wordcount --topic words --chart line';
    await assert.rejects(
      cell(code),
      failsWith(
        'HR_USAGE',
        /needs a column of times .* The stream wordcount runs: %chart wordcount/
      )
    );
    const stream = (await runtime.streams()).get('wordcount');
    assert.equal(stream?.status().state, 'live');
    await assert.rejects(cell(`${code} --stop`), failsWith('HR_USAGE', /It is stopped\.$/));
    assert.equal(notebook.views.opened.length, 0);
  });

  const mistakes: readonly [code: string, message: RegExp][] = [
    [
      '%stream wordcount --topic words --chart bras',
      /--chart bras: it must be one of bars, .* or a file that ends in \.json; perhaps bars/
    ],
    [
      '%stream wordcount --topic words --window 5',
      /--window 5: it must be a time such as 30s, 5m or 1h, from 1s to 1d/
    ],
    ['%stream wordcount --topic words --chart vega-lite', /has no specification\. Write one/],
    ['%%stream wordcount --topic words\n', /%%stream wordcount has no specification/],
    [`%%stream wordcount --topic words --chart bars\n${spec}`, /a specification and --chart bars/],
    [
      '%%stream --as x --from words\nSELECT n FROM words\n{\n  "mark": bar\n}',
      /not JSON at line 4, column 11 of the cell \(a value should stand there\)/
    ],
    ['%stream wordcount --topic words --chart list.json', /in list\.json is not an object/],
    ['%stream wordcount --topic words --chart large.json', /too large \(the limit is 64 KiB\)/],
    ['%stream wordcount --topic words --chart bad.json', /line 2, column 1 of bad\.json/]
  ];
  for (const [code, message] of mistakes)
    it(`is refused: ${JSON.stringify(code)}`, async test => {
      const { cell, notebook, runtime } = await openCells(test);
      await notebook.file('list.json', '[]');
      await notebook.file('large.json', `{"a": "${'x'.repeat(70_000)}"}`);
      await notebook.file('bad.json', '{\n');
      await cell('%topic create words');
      await assert.rejects(cell(code), failsWith('HR_USAGE', message));
      assert.equal((await runtime.streams()).list().length, 0, 'nothing was started');
    });

  it('names the nearest file', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.file('chart.json', spec);
    await cell('%topic create words');
    await assert.rejects(
      cell('%stream wordcount --topic words --chart chrat.json'),
      failsWith('HR_FILE', /Did you mean chart\.json\?/)
    );
  });
});
