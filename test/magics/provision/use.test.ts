import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { openCells } from '../../fakes/notebook.ts';
import { plainProfile } from '../../fakes/profiles.ts';

describe('%provision use', () => {
  it('lists what will differ, moves, and comes back with no other cell changed', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await notebook.profiles.save(awsProfile('orders'));
    notebook.away.livy.overrides = { realTimeMode: false, sparkVersion: '3.5.8', batches: false };
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    const { shown, text } = await cell('%provision use orders');
    const table = String(shown[0]?.[0]?.['text/plain']);
    assert.match(table, /^what +local +orders +for your cells/);
    assert.match(table, /Spark +4\.3\.0 +3\.5\.8/);
    assert.match(table, /real-time mode +yes +no +streams run in micro-batches/);
    assert.match(table, /batches +yes +no +%submit and %batch are refused/);
    assert.match(table, /topics +words +missing/);
    assert.match(table, /streams +counts +not in orders +they run on in local/);
    assert.match(text, /On orders after/);
    assert.equal(notebook.streams.get('counts')?.status().state, 'live');
    await cell('%topic create words');
    assert.ok(notebook.away.kafka.topics.has('words'));
    const { text: back } = await cell('%provision use local');
    assert.match(back, /On local after .*Spark session for this notebook/);
    assert.equal(runtime.endpoints?.target, 'local');
  });

  it('only looks with --check', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await notebook.profiles.save(plainProfile('lab'));
    assert.match((await cell('%provision use lab --check')).out, /Nothing is known that differs/);
    assert.match((await cell('%provision use local --check')).out, /is on local already/);
    assert.equal(runtime.endpoints?.target, 'local');
  });

  it('leaves everything as it is where the other world does not answer', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await notebook.profiles.save(plainProfile('lab'));
    notebook.away.livy.listSessions = () =>
      Promise.reject(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint answers'));
    await assert.rejects(cell('%provision use lab'), failsWith('HR_LIVY_UNREACHABLE', /No Livy/));
    assert.equal(runtime.endpoints?.target, 'local');
    assert.equal(notebook.kafka.closed, false);
  });

  it('knows no such profile', async test => {
    const { cell } = await openCells(test);
    await assert.rejects(
      cell('%provision use prod'),
      failsWith('HR_USAGE', /no profile prod\. Write it with %provision attach --as prod/)
    );
  });

  it('completes names of profiles', async test => {
    const { notebook, runtime } = await openCells(test);
    await notebook.profiles.save(plainProfile('lab'));
    const language = createCellLanguage();
    for (const code of ['%provision use ', '%provision doctor ']) {
      const { signal } = notebook.abort;
      const { matches } = await language.complete(code, code.length, runtime, signal);
      assert.deepEqual(matches.slice(0, 2), ['local', 'lab'], code);
    }
  });

  it('is not undone by a kernel that provisions by itself', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await notebook.profiles.save(plainProfile('lab'));
    await cell('%provision use lab');
    const language = createCellLanguage({ autoProvision: true });
    const context = notebook.context(await notebook.kernel());
    await language.execute('%topic create words', context);
    assert.ok(notebook.away.kafka.topics.has('words'));
    assert.equal(notebook.stack.running, false);
  });
});

describe('%provision status and down on a profile', () => {
  it('show where the notebook is and what it left', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.profiles.save(awsProfile('orders'));
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await cell('%provision use orders');
    const { text } = await cell('%provision status');
    assert.match(text, /Kafka +b-1\S+ +authentication iam/);
    assert.match(text, /environment +orders +eu-west-1/);
    assert.match(text, /on orders\. Left running: 1 stream and 0 batches in local\./);
    assert.match((await cell('%provision down')).text, /%provision use local comes back/);
  });

  it('say that the profile is gone', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.profiles.save(plainProfile('lab'));
    await cell('%provision use lab');
    await notebook.profiles.remove('lab');
    assert.match((await cell('%provision status')).out, /The profile lab .* is gone/);
  });
});

describe('%provision doctor', () => {
  it('fills its table check by check and ends with what to do', async test => {
    const { cell, notebook } = await openCells(test);
    await notebook.profiles.save(plainProfile('lab'));
    notebook.network.closed.add('kafka.example.org:9092');
    const { shown } = await cell('%provision doctor lab');
    assert.equal(shown.length, 1);
    const states = shown[0]?.map(bundle => String(bundle['text/plain'])) ?? [];
    assert.match(states[0] ?? '', /credentials +– not needed.*\nregion +· not looked at/);
    const last = states.at(-1) ?? '';
    assert.match(last, /DNS +✓ ok/);
    assert.match(last, /brokers +✗ wrong +kafka\.example\.org:9092 accepts no connection/);
    assert.match(last, /Livy +· not looked at/);
    assert.match(last, /\nbrokers: kafka\.example\.org:9092 .*\. Check that the broker runs/);
  });

  it('looks at where the notebook is, and says that all is well', async test => {
    const { cell } = await openCells(test);
    assert.match((await cell('%provision doctor')).text, /local is in order\.$/m);
  });

  it('needs a name where the notebook is nowhere', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    await assert.rejects(
      cell('%provision doctor'),
      failsWith('HR_NOT_PROVISIONED', /%provision doctor PROFILE/)
    );
  });
});
