import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%chart', () => {
  it('opens a further view of a stream and goes on', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await cell('%chart counts --kind number --title "All words"\n%chart counts');
    const [, number, bars] = notebook.views.opened;
    assert.deepEqual(
      [number?.kind, number?.title, number?.stream],
      ['number', 'All words', 'counts']
    );
    assert.deepEqual([bars?.kind, bars?.title], ['bars', 'counts: n by word']);
    assert.equal(notebook.views.finished, 0);
    const found = await runtime.findView(number?.id ?? '', notebook.abort.signal);
    assert.equal(found?.view.id, number?.id);
  });

  it('draws by the specification in its body', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await cell('%%chart counts\n{ "mark": "point" }');
    const view = notebook.views.opened[1];
    assert.deepEqual([view?.kind, view?.definition], ['vega-lite', { mark: 'point' }]);
  });

  it('writes the present state where nobody can watch', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await cell('%chart counts', { interactive: false });
    assert.equal(notebook.views.finished, 1);
  });

  it('names the nearest stream, or says that there is none', async test => {
    const { cell } = await openCells(test);
    const missing = 'HR_STREAM_NOT_FOUND';
    await assert.rejects(cell('%chart counts'), failsWith(missing, /None runs in this notebook/));
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await assert.rejects(cell('%chart cuonts'), failsWith(missing, /Did you mean counts\?/));
  });

  it('refuses what the columns cannot make', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await assert.rejects(
      cell('%chart counts --kind line'),
      failsWith('HR_USAGE', /needs a column of times \(counts has word \(text\), n \(number\)\)/)
    );
    await assert.rejects(
      cell('%%chart counts\n{ "mark": }'),
      failsWith('HR_USAGE', /not JSON at line 2, column 11 of the cell/)
    );
  });

  it('completes streams, kinds and columns', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    const language = createCellLanguage({});
    const offered = async (code: string) =>
      (await language.complete(code, code.length, runtime, notebook.abort.signal)).matches;
    assert.ok((await offered('%chart cou')).includes('counts'));
    assert.deepEqual(await offered('%chart counts --kind h'), ['histogram', 'heatmap']);
    assert.deepEqual(await offered('%chart counts --value '), ['word', 'n']);
    assert.deepEqual(await offered('%stream wordcount --chart n'), ['number']);
  });
});
