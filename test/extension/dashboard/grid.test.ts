import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnsFor } from '../../../src/extension/dashboard/grid.ts';

describe('columns of a dashboard', () => {
  it('lets one view fill it', () => {
    assert.equal(columnsFor(1, 1600, 900), 1);
  });

  it('puts two side by side where it is wide, one above the other where it is high', () => {
    assert.equal(columnsFor(2, 1600, 600), 2);
    assert.equal(columnsFor(2, 800, 1200), 1);
  });

  it('tiles four in a square', () => {
    assert.equal(columnsFor(4, 1600, 1000), 2);
  });

  it('makes no tile too narrow to be read', () => {
    assert.equal(columnsFor(6, 500, 300), 1);
    assert.equal(columnsFor(12, 1100, 100), 3);
  });

  it('has a column even before there is any room', () => {
    assert.equal(columnsFor(3, 0, 0), 1);
  });
});
