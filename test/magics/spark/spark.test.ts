import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';
import { ok } from '../../fakes/scripted-session.ts';

const failed = (evalue: string, traceback: readonly string[] = []) =>
  Promise.resolve({
    status: 'error' as const,
    executionCount: 1,
    ename: 'Error',
    evalue,
    traceback
  });

describe('%%spark', () => {
  it('prints what the REPL says, and ends it with a line end', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () => Promise.resolve(ok({ 'text/plain': 'hello\nx: Int = 3' }));
    const { out, results } = await cell('%%spark\nval x = 3');
    assert.deepEqual([out, results], ['hello\nx: Int = 3\n', []]);
    assert.deepEqual(notebook.session.statements, [{ code: 'val x = 3', kind: 'spark' }]);
  });

  it('shows tables and pictures as Python does', async test => {
    const { cell, notebook } = await openCells(test);
    const bundle = { 'text/plain': 't', 'application/vnd.livy.table.v1+json': {} };
    notebook.session.answer = () => Promise.resolve(ok(bundle));
    assert.deepEqual((await cell('%%spark\n%table t')).results, [bundle]);
  });

  it('fails with the REPL’s own words', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () =>
      failed('<console>:1: error: not found: value y', ['  y', '  ^']);
    await assert.rejects(cell('%%spark\ny'), (error: unknown) => {
      assert.ok(error instanceof HeadraceError);
      assert.deepEqual(
        [error.code, error.ename, error.traceback],
        ['HR_STATEMENT', 'Error', ['  y', '  ^']]
      );
      return true;
    });
  });

  it('says in one line that code is incomplete', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.answer = () => failed('incomplete statement');
    await assert.rejects(
      cell('%%spark\nfor (i <- 1 to 3) {'),
      failsWith('HR_STATEMENT', /^The Scala code ends before it is complete \(a bracket/)
    );
  });

  it('needs code', async test => {
    const { cell } = await openCells(test);
    for (const title of ['%%spark', '%%pyspark'])
      await assert.rejects(
        cell(`${title}\n  \n`),
        failsWith('HR_USAGE', /has no code\. Write it on the lines below/)
      );
  });
});

describe('a session that was lost', () => {
  it('is told once, in the cell that meets the new one, and stays under it', async test => {
    const { cell, notebook } = await openCells(test);
    notebook.session.current = null;
    notebook.session.notice = 'A new Spark session has started';
    assert.equal((await cell('1')).err, 'A new Spark session has started.\n');
    assert.equal((await cell('2')).err, '');
  });
});
