import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%stop', () => {
  it('stops streams by name, or all, and purges when asked', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    for (const name of ['a', 'b', 'c']) await cell(`%stream wordcount --topic words --as ${name}`);
    assert.equal((await cell('%stop a')).out, 'Stopped stream a.\n');
    assert.equal((await cell('%stop --all --purge')).out, 'Stopped stream b, stream c.\n');
    assert.equal((await cell('%stop --all')).out, 'Nothing runs.\n');
    assert.deepEqual(notebook.streams.stops.slice(0, 2), [
      { names: ['a'], purge: false },
      { names: ['b', 'c'], purge: true }
    ]);
  });

  it('names the nearest stream, and stops nothing when one name is wrong', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await assert.rejects(
      cell('%stop counts count'),
      failsWith('HR_STREAM_NOT_FOUND', /named count\. Did you mean counts\?/)
    );
    assert.equal(notebook.streams.get('counts')?.status().state, 'live');
  });

  it('wants names or --all', async test => {
    const { cell } = await openCells(test);
    const usage = failsWith('HR_USAGE', /names or --all, one of the two/);
    await assert.rejects(cell('%stop'), usage);
    await assert.rejects(cell('%stop a --all'), usage);
  });
});
