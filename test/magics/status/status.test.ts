import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCells } from '../../fakes/notebook.ts';

describe('%status', () => {
  it('works before anything is provisioned', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    const { text } = await cell('%status');
    assert.match(text, /stack +local +not running/);
    assert.match(text, /This notebook is not attached\. Run %provision local\./);
  });

  it('shows stack, session, topics, streams and producers', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await cell('%produce clickstream --topic words --count 10');
    const { text } = await cell('%status');
    assert.match(text, /stack +broker +running/);
    assert.match(text, /session +main +idle/);
    assert.match(text, /topics +1 topic +words/);
    assert.match(text, /stream +counts +live +real-time; 10 records\/s in; latency 35 ms/);
    assert.match(text, /producer +words_producer +done +10 records to words/);
  });

  it('tells the sessions and batches apart, and where cells run', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%session new etl\n%stream wordcount --topic words');
    const stream = notebook.streams.get('wordcount');
    assert.ok(stream !== undefined);
    stream.session = 'etl';
    await notebook.file('job.py');
    await cell('%submit job.py');
    const { text } = await cell('%status');
    assert.match(text, /session +main +idle *\n/);
    assert.match(text, /session +etl +idle +cells run here/);
    assert.match(text, /stream +wordcount +live .*in the session etl/);
    assert.match(text, /batch +job\.py +success +id 0/);
  });

  it('shows a session that no cell has started yet', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.session.reset({ packages: [], conf: {} });
    assert.match((await cell('%status')).text, /session +main +not started/);
  });
});
