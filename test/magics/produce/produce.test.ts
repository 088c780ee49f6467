import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%%produce', () => {
  it('sends one record a line, with keys where a separator is given', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create pets');
    const { text } = await cell(
      '%%produce --topic pets --key-separator :\n1:cat\n\n2:dog:big\nfish'
    );
    assert.match(text, /^Produced 3 records to pets in /);
    const records = await notebook.kafka.peek('pets', 10);
    assert.deepEqual(
      records.map(({ key, value }) => [key, value]),
      [
        ['1', 'cat'],
        ['2', 'dog:big'],
        [null, 'fish']
      ]
    );
    assert.equal(notebook.kafka.openProducers, 0);
  });

  it('refuses an empty cell and a topic that does not exist', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words');
    await assert.rejects(cell('%%produce --topic words\n\n'), failsWith('HR_USAGE', /no lines/));
    await assert.rejects(
      cell('%%produce --topic wrds\na'),
      failsWith('HR_TOPIC_NOT_FOUND', /Did you mean words\?/)
    );
  });
});

describe('%produce FILE', () => {
  it('sends the lines of a file, at most as many as asked for', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    await writeFile(path.join(notebook.cwd, 'my words.txt'), 'to be\r\nor\n\nnot');
    await cell('%produce "my words.txt" --topic words');
    assert.deepEqual(notebook.kafka.values('words'), ['to be', 'or', 'not']);
    await cell('%produce "my words.txt" --topic words --count 1');
    assert.equal(notebook.kafka.values('words').length, 4);
  });

  it('names the nearest file for one that is not there', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    await writeFile(path.join(notebook.cwd, 'words.txt'), 'a');
    await mkdir(path.join(notebook.cwd, 'folder'));
    await assert.rejects(
      cell('%produce wrods.txt --topic words'),
      failsWith('HR_FILE', /^There is no file wrods\.txt\. Did you mean words\.txt\?$/)
    );
    await assert.rejects(
      cell('%produce nowhere/at/all.txt --topic words'),
      failsWith('HR_FILE', /folder .*nowhere\/at does not exist either/)
    );
    await assert.rejects(
      cell('%produce folder --topic words'),
      failsWith('HR_FILE', /is not a file/)
    );
  });
});

describe('%produce clickstream', () => {
  it('shows a bar that moves and one line at its end', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create clicks');
    const started = notebook.clock.now();
    const { shown } = await cell('%produce clickstream --topic clicks --count 2000 --rate 1000');
    const states = (shown[0] ?? []).map(state => String(state['text/plain']));
    assert.equal(notebook.kafka.values('clicks').length, 2000);
    assert.ok(states.some(text => /^█+░+ [\d,]+ of 2,000 records {2}[\d,]+ records\/s/.test(text)));
    assert.match(
      states.at(-1) ?? '',
      /^Produced 2,000 records to clicks in 2\.0 s \((9|1,0)\d\d? records/
    );
    assert.equal(Math.round((notebook.clock.now() - started) / 100), 20);
  });

  it('goes on in the background under a name that %stop knows', async test => {
    const { cell, runtime, notebook } = await openCells(test);
    await cell('%topic create clicks');
    const { out } = await cell(
      '%produce clickstream --topic clicks --rate 1 --count 1_000_000 --background'
    );
    assert.match(out, /Stop it with %stop clicks_producer/);
    assert.equal(runtime.producers.get('clicks_producer')?.progress().state, 'running');
    assert.match(
      (await cell('%stop clicks_producer')).out,
      /^Stopped producer clicks_producer \(\d/
    );
    assert.equal(runtime.producers.get('clicks_producer')?.progress().state, 'stopped');
    assert.equal(notebook.kafka.openProducers, 0);
  });

  it('stops at an interrupt and says how many records are safe', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create clicks');
    notebook.kafka.beforeSend = () => {
      if (notebook.kafka.values('clicks').length >= 3) notebook.abort.abort();
      return Promise.resolve();
    };
    await assert.rejects(
      cell('%produce clickstream --topic clicks --count 1000 --rate 10'),
      failsWith(
        'HR_INTERRUPTED',
        /stopped after \d+ acknowledged records in clicks\. No stream or prod/
      )
    );
    assert.ok(notebook.kafka.values('clicks').length < 1000);
  });

  it('says what is safe when the broker refuses', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create clicks');
    notebook.kafka.beforeSend = () =>
      notebook.kafka.values('clicks').length < 5000
        ? Promise.resolve()
        : Promise.reject(new HeadraceError('HR_BROKER_UNREACHABLE', 'No Kafka broker answers'));
    await assert.rejects(
      cell('%produce clickstream --topic clicks --count 50000'),
      failsWith('HR_BROKER_UNREACHABLE', /answers \(\d+,000 records acknowledged before that\)/)
    );
  });

  const mistakes: readonly [flags: string, message: RegExp][] = [
    ['--rate 0', /cannot use --rate 0: it must be above 0/],
    ['--rate -5', /cannot use --rate -5: it must be above 0/],
    ['--count 0', /--count 0: it must be above 0/],
    ['--count 1_000_000_000_000', /must be at most 100,000,000/],
    ['--count 1.5', /must be a whole number/],
    ['--seed -1', /must be at least 0/],
    ['--as a-b', /must start with a letter and have only letters/],
    ['--topic other', /has --topic more than once/]
  ];
  for (const [flags, message] of mistakes)
    it(`refuses ${flags}`, async test => {
      const { cell } = await openCells(test);
      await assert.rejects(
        cell(`%produce clickstream --topic clicks ${flags}`),
        failsWith('HR_USAGE', message)
      );
    });
});
