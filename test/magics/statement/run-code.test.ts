import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CELL_OUTPUTS_MIME } from '../../../src/runtime/livy/cell-outputs.ts';
import { HeadraceError, interrupted } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';
import { ok } from '../../fakes/scripted-session.ts';

describe('a cell without a magic', () => {
  it('needs a session, unless it may provision one by itself', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    await assert.rejects(
      cell('1 + 1'),
      failsWith('HR_NOT_PROVISIONED', /Run %provision local first\.$/)
    );
    const auto = await openCells(test, { provisioned: false, autoProvision: true });
    await auto.cell('1 + 1');
    assert.deepEqual(auto.notebook.session.statements, [{ code: '1 + 1', kind: 'pyspark' }]);
  });

  it('writes prints, displays and its value where they belong', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () =>
      Promise.resolve(
        ok({
          [CELL_OUTPUTS_MIME]: [
            { type: 'stream', name: 'stdout', text: 'hello\n' },
            { type: 'stream', name: 'stderr', text: 'careful\n' },
            { type: 'display', data: { 'image/png': 'iVBO' } },
            { type: 'result', data: { 'text/plain': '2', 'text/html': '<b>2</b>' } }
          ]
        })
      );
    const { out, err, shown, results } = await cell('x');
    assert.deepEqual([out, err], ['hello\n', 'careful\n']);
    assert.deepEqual(shown, [[{ 'image/png': 'iVBO' }]]);
    assert.deepEqual(results, [{ 'text/plain': '2', 'text/html': '<b>2</b>' }]);
  });

  it('runs between the magics of its cell, in order', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = code =>
      Promise.resolve(
        ok({ 'text/plain': `${code} after ${[...notebook.kafka.topics.keys()].join()}` })
      );
    const { results } = await cell('a\n%topic create t1\nb\n%topic create t2\nc');
    assert.deepEqual(
      results.map(result => result['text/plain']),
      ['a after ', 'b after t1', 'c after t1,t2']
    );
  });

  it('fails with the name and the traceback of the user’s own error', async test => {
    const { cell, notebook } = await openCells(test);
    const traceback = ['  File "<cell 3>", line 1', 'ZeroDivisionError: division by zero'];
    notebook.session.answer = () =>
      Promise.resolve({
        status: 'error',
        executionCount: 3,
        ename: 'ZeroDivisionError',
        evalue: 'division by zero',
        traceback
      });
    await assert.rejects(cell('1 / 0'), (error: unknown) => {
      assert.ok(error instanceof HeadraceError);
      assert.deepEqual(
        [error.code, error.ename, error.message, error.traceback],
        ['HR_STATEMENT', 'ZeroDivisionError', 'division by zero', traceback]
      );
      return true;
    });
  });

  it('says at an interrupt what still runs', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words');
    await cell('%produce clickstream --topic words --rate 1 --count 1_000_000 --background');
    notebook.session.answer = () =>
      Promise.reject(interrupted('the Spark statement was cancelled'));
    await assert.rejects(
      cell('while True: pass'),
      failsWith(
        'HR_INTERRUPTED',
        /^Interrupted: the Spark statement was cancelled\. Still running: stream wordcount, producer words_producer\.$/
      )
    );
    await cell('%stop --all');
  });
});
