import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCells } from '../../fakes/notebook.ts';

describe('%provision', () => {
  it('starts once, is safe to repeat, and ends with one line', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    const { shown } = await cell('%provision local');
    assert.equal(shown.length, 1);
    assert.match(
      String(shown[0]?.at(-1)?.['text/plain']),
      /^Ready in .*: Kafka at 127\.0\.0\.1:9092, Spark session for this notebook\.$/
    );
    await cell('%provision local');
    assert.equal(runtime.endpoints?.pid, notebook.stack.endpoints.pid);
    assert.equal(notebook.session.current?.state, 'idle');
  });

  it('shows the parts of the stack', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    assert.match((await cell('%provision status')).out, /does not run/);
    await cell('%provision local');
    assert.match(
      (await cell('%provision status')).text,
      /broker +running .*\n.*used by 1 notebook\./s
    );
  });

  it('takes down streams, producers and session, and the stack when asked', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words');
    await cell('%produce clickstream --topic words --rate 1 --count 1_000_000 --background');
    await cell('%provision down');
    assert.equal(runtime.endpoints, null);
    assert.equal(notebook.streams.get('wordcount')?.status().state, 'stopped');
    assert.equal(runtime.producers.get('words_producer')?.progress().state, 'stopped');
    assert.equal(notebook.session.current, null);
    assert.ok(notebook.stack.running && notebook.stack.leases === 0);
    await cell('%provision local\n%provision down --stack');
    assert.equal(notebook.stack.running, false);
  });
});
