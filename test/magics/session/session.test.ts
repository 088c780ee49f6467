import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

const foreign = {
  id: 9,
  name: 'headrace-other',
  state: 'busy',
  kind: 'pyspark',
  appId: null,
  log: []
} as const;

describe('%session', () => {
  it('says that none runs', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.session.reset({ packages: [], conf: {} });
    assert.match((await cell('%session list')).out, /^No Spark session runs\. The next cell/);
    await assert.rejects(
      cell('%session info'),
      failsWith('HR_SESSION_NOT_FOUND', /^No Spark session runs\./)
    );
    await assert.rejects(
      cell('%session log'),
      failsWith('HR_SESSION_NOT_FOUND', /main is not started/)
    );
  });

  it('lists sessions with their streams, and marks the one of the cells', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words');
    const made = await cell('%session new etl');
    assert.match(made.text, /^Spark session etl ready after .*%session use main goes back\./);
    notebook.sessions.foreign.push(foreign);
    const { text } = await cell('%session list');
    assert.match(text, /^ +main +1 +pyspark +idle +wordcount$/m);
    assert.match(text, /^→ +etl +2 +pyspark +idle$/m);
    assert.match(text, /^ +headrace-other +9 +pyspark +busy$/m);
    assert.match(text, /→ cells run here\. Long names belong to other notebooks\.$/m);
  });

  it('tells why there is a session that nobody asked for', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.sessions.named('relay').ensure(() => undefined);
    const { text } = await cell('%session list');
    assert.match(text, /relay carries topics, records and results.*one driver with one core/);
  });

  it('runs cells where it was told to', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%session new etl\nx = 1');
    await cell('%session use main\nx = 2\n');
    await cell('%%pyspark --session etl\nx = 3');
    await cell('%%sql --session etl\nSELECT 1');
    const codes = (name: string) =>
      notebook.sessions.named(name).statements.map(({ code }) => code.trim());
    assert.deepEqual(codes('main'), ['x = 2']);
    assert.deepEqual(codes('etl'), ['x = 1', 'x = 3', 'SELECT 1']);
  });

  it('starts no session for a misspelt name', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%session new etl\n%session use main');
    await assert.rejects(
      cell('%%sql --session elt\nSELECT 1'),
      failsWith(
        'HR_SESSION_NOT_FOUND',
        /^This notebook has no session named elt\. Did you mean etl\? %session new elt starts it\.$/
      )
    );
    assert.equal((await notebook.sessions.list()).length, 2);
  });

  it('prints the newest lines of a log', async test => {
    const { cell, notebook } = await openCells(test);
    assert.equal((await cell('%session log')).out, 'The log is empty.\n');
    notebook.session.lines = ['one', 'two', 'three'];
    assert.equal((await cell('%session log main --lines 2')).out, 'two\nthree\n');
  });

  it('shows one session, also one of another notebook', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.sessions.foreign.push(foreign);
    assert.match((await cell('%session info')).text, /^cells run in it +yes$/m);
    const { text } = await cell('%session info 9');
    assert.match(text, /^name in Livy +headrace-other$/m);
    assert.match(text, /^cells run in it +no$/m);
    await assert.rejects(
      cell('%session info mian'),
      failsWith('HR_SESSION_NOT_FOUND', /^There is no Spark session mian\. Did you mean main\?/)
    );
  });

  it('deletes a session with its streams only when forced, and says how to go on', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await assert.rejects(
      cell('%session delete main'),
      failsWith(
        'HR_USAGE',
        /^Streams run in the session main \(counts\)\. Write %session delete main --force .*Their checkpoints stay\.$/
      )
    );
    assert.equal(notebook.session.current?.state, 'idle');
    const { out } = await cell('%session delete main --force');
    assert.match(out, /^Deleted the session main; lost: all variables and temporary views\./);
    assert.match(out, /Stopped counts: the same %stream cell goes on from the checkpoint\./);
    assert.equal(notebook.streams.get('counts')?.status().state, 'stopped');
    assert.equal(notebook.session.current, null);
  });

  it('goes back to main after the session of the cells was deleted', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%session new etl');
    const { out } = await cell('%session delete etl');
    assert.match(out, /%session new etl starts an empty one\.\nCells run in main again/);
    assert.equal(notebook.sessions.current.name, 'main');
  });

  it('does not touch what belongs to another notebook unless forced', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.sessions.foreign.push(foreign);
    await assert.rejects(
      cell('%session delete headrace-other'),
      failsWith('HR_USAGE', /is not of this notebook \(another notebook or program may use it\)/)
    );
  });

  it('refuses names that a session cannot have', async test => {
    const { cell } = await openCells(test);
    await assert.rejects(
      cell('%session new 7up'),
      failsWith('HR_USAGE', /cannot use NAME 7up: it must start with a letter/)
    );
  });
});
