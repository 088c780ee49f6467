import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gridPlace } from '../../src/panels/grid-place.ts';
import { HeldRows } from '../../src/panels/held-rows.ts';
import { rovingPlace } from '../../src/panels/roving-place.ts';
import { nextOrder, orderedPlaces } from '../../src/panels/row-order.ts';

describe('order of rows', () => {
  it('cycles: what is asked for most, the other way, as they came', () => {
    const first = nextOrder(null, 'n', 'number');
    assert.deepEqual(first, { column: 'n', descending: true });
    const second = nextOrder(first, 'n', 'number');
    assert.deepEqual(second, { column: 'n', descending: false });
    assert.equal(nextOrder(second, 'n', 'number'), null);
    assert.deepEqual(nextOrder(second, 'word', 'text'), { column: 'word', descending: false });
  });

  it('sorts numbers as numbers, leaves equals as they came, and puts empty cells last', () => {
    const rows = [{ n: 9 }, { n: null }, { n: 10 }, { n: 9 }];
    assert.deepEqual(orderedPlaces(rows, null), [0, 1, 2, 3]);
    assert.deepEqual(orderedPlaces(rows, { column: 'n', descending: false }), [0, 3, 2, 1]);
    assert.deepEqual(orderedPlaces(rows, { column: 'n', descending: true }), [2, 0, 3, 1]);
  });
});

describe('held rows', () => {
  it('stay while there is a reason, and count what waits', () => {
    const held = new HeldRows<string>();
    held.hold('focus', true);
    held.offer({ rows: 'a', count: 10 });
    assert.equal(held.shown, 'a');
    held.offer({ rows: 'b', count: 22 });
    assert.deepEqual([held.shown, held.waiting], ['a', 12]);
    held.hold('scroll', true);
    held.hold('focus', false);
    assert.equal(held.shown, 'a');
    held.hold('scroll', false);
    assert.deepEqual([held.shown, held.waiting], ['b', 0]);
  });

  it('go on when asked', () => {
    const held = new HeldRows<string>();
    held.offer({ rows: 'a', count: 1 });
    held.hold('focus', true);
    held.offer({ rows: 'b', count: 1 });
    assert.equal(held.waiting, 1);
    held.release();
    assert.equal(held.shown, 'b');
  });
});

describe('keys in a grid', () => {
  const size = { rows: 30, shown: [0, 2, 3] };
  const go = (key: string, row: number, column: number, far = false): unknown =>
    gridPlace({ key, far }, { row, column }, size);

  it('lead to the next shown cell, and not out of the grid', () => {
    assert.deepEqual(go('ArrowRight', 4, 0), { row: 4, column: 2 });
    assert.deepEqual(go('ArrowRight', 4, 3), { row: 4, column: 3 });
    assert.deepEqual(go('ArrowUp', 0, 2), { row: 0, column: 2 });
    assert.deepEqual(go('PageDown', 25, 2), { row: 29, column: 2 });
    assert.deepEqual(go('End', 4, 0), { row: 4, column: 3 });
    assert.deepEqual(go('Home', 4, 3, true), { row: 0, column: 0 });
    assert.deepEqual(go('End', 4, 0, true), { row: 29, column: 3 });
    assert.equal(go('a', 4, 0), null);
  });

  it('go round in a toolbar', () => {
    assert.equal(rovingPlace('ArrowRight', 2, 3), 0);
    assert.equal(rovingPlace('ArrowLeft', 0, 3), 2);
    assert.equal(rovingPlace('End', 0, 3), 2);
    assert.equal(rovingPlace('Tab', 0, 3), null);
    assert.equal(rovingPlace('Home', 0, 0), null);
  });
});
