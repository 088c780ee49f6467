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
    assert.match(text, /session +headrace-test +idle/);
    assert.match(text, /topics +1 topic +words/);
    assert.match(text, /stream +counts +live +real-time; 10 records\/s in; latency 35 ms/);
    assert.match(text, /producer +words_producer +done +10 records to words/);
  });
});
