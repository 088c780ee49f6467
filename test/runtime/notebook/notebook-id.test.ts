import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notebookId } from '../../../src/runtime/notebook/notebook-id.ts';

const idOf = (session: string) => notebookId({ JPY_SESSION_NAME: session });

describe('the id of a notebook', () => {
  it('is readable, the same for a path, and another for another path', () => {
    assert.match(idOf('/home/a/01-Wörd count.ipynb'), /^01-wo-rd-count-[0-9a-f]{8}$/);
    assert.equal(idOf('/home/a/x.ipynb'), idOf('/home/a/x.ipynb'));
    assert.notEqual(idOf('/home/a/x.ipynb'), idOf('/home/b/x.ipynb'));
  });

  it('has only letters, digits and "-", and fits into topic names', () => {
    for (const name of ['ключ.ipynb', '...', `${'long'.repeat(100)}.ipynb`, '-a-.ipynb'])
      assert.match(idOf(name), /^[a-z0-9]([a-z0-9-]{0,39})[a-z0-9]$/);
  });

  it('is new each time without a session name', () => {
    assert.match(notebookId({}), /^run-[0-9a-f]{8}$/);
    assert.notEqual(notebookId({}), notebookId({}));
  });
});
