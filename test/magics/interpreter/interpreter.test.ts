import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%interpreter', () => {
  it('records packages and settings before the session starts', async test => {
    const { cell, runtime } = await openCells(test, { provisioned: false });
    await cell('%interpreter add org.example:lib:1.0.0 org.example:other:2');
    await cell('%interpreter add org.example:lib:1.1.0');
    const { out } = await cell('%interpreter set spark.sql.shuffle.partitions=4 spark.a=b');
    assert.equal(out, 'Recorded for the next Spark session.\n');
    await cell('%interpreter set spark.a=');
    assert.deepEqual(
      { ...runtime.dependencies },
      {
        packages: ['org.example:other:2', 'org.example:lib:1.1.0'],
        conf: { 'spark.sql.shuffle.partitions': '4' },
        resources: {}
      }
    );
    assert.match(
      (await cell('%interpreter show')).text,
      /setting +spark\.sql\.shuffle\.partitions +4/
    );
    await cell('%interpreter reset');
    assert.deepEqual({ ...runtime.dependencies }, { packages: [], conf: {}, resources: {} });
  });

  it('restarts a running session only when asked, and says what is lost', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    const { out } = await cell('%interpreter add org.example:lib:1.0.0');
    assert.match(
      out,
      /add --restart .* loses all variables and temporary views; streams go on from their checkpoints\./
    );
    assert.deepEqual(notebook.session.resets, []);
    const { text } = await cell('%interpreter add org.example:lib:1.0.0 --restart');
    assert.match(
      text,
      /session restarted in .*; lost: all variables and temporary views\. Resumed from its checkpoint: counts\./
    );
    assert.deepEqual(notebook.session.resets, [
      { packages: ['org.example:lib:1.0.0'], conf: {}, resources: {} }
    ]);
    assert.deepEqual(notebook.streams.restarts, [['counts']]);
    assert.equal(notebook.streams.get('counts')?.status().state, 'live');
  });

  it('restarts although a stream does not go on, and says so', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    const error = new HeadraceError('HR_STREAM_FAILED', 'the checkpoint is gone');
    notebook.streams.refusals.set('counts', error);
    const { text } = await cell('%interpreter set spark.a=b --restart');
    assert.match(text, /Not resumed: counts \(the checkpoint is gone\)\./);
  });

  const mistakes: readonly [line: string, message: RegExp][] = [
    [
      '%interpreter add org.example:lib',
      /not a Maven coordinate \(it has 2 of 3 parts\)\. Write GROUP/
    ],
    ['%interpreter add a:b:c', /the version must be a fixed one/],
    ['%interpreter add "a b:c:1"', /the part "a b" is not a name/],
    ['%interpreter set spark.x', /it has no KEY=VALUE/],
    ['%interpreter set shuffle=4', /does not start with spark\.\)\. Write spark\.shuffle=4/],
    ['%interpreter set spark.master=local', /Headrace sets it itself/],
    ['%interpreter sets a=b', /%interpreter cannot sets\. Did you mean %interpreter set\?/]
  ];
  for (const [line, message] of mistakes)
    it(`refuses ${line}`, async test => {
      const { cell } = await openCells(test, { provisioned: false });
      await assert.rejects(cell(line), failsWith('HR_USAGE', message));
    });
});
