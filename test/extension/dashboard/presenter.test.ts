import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Presenter } from '../../../src/extension/dashboard/presenter.ts';

describe('presenter', () => {
  it('steps from all views to each of them and back to all', () => {
    const presenter = new Presenter();
    presenter.start();
    const seen = Array.from({ length: 4 }, () => {
      presenter.step(1, 3);
      return presenter.index;
    });
    assert.deepEqual(seen, [0, 1, 2, null]);
    presenter.step(-1, 3);
    assert.equal(presenter.index, 2);
  });

  it('shows all again when the view that was shown is gone', () => {
    const presenter = new Presenter();
    presenter.start();
    presenter.step(-1, 3);
    presenter.limit(2);
    assert.equal(presenter.index, null);
  });

  it('does not step before it began, after its end, or without views', () => {
    const presenter = new Presenter();
    presenter.step(1, 3);
    presenter.start();
    presenter.step(1, 0);
    assert.deepEqual([presenter.active, presenter.index], [true, null]);
    presenter.step(1, 2);
    presenter.end();
    assert.deepEqual([presenter.active, presenter.index], [false, null]);
  });
});
