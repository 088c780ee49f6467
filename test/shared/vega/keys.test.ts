import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyRows, keyRowsOf, seriesNames } from '../../../src/shared/vega/keys.ts';
import { LIGHT_THEME } from '../../../src/shared/vega/theme.ts';
import { line, series } from './views.ts';

describe('key of a line chart', () => {
  it('keeps its place whatever the series are called', () => {
    assert.equal(keyRowsOf(line.view), 1);
    assert.equal(keyRowsOf(series.view), 2);
    assert.equal(keyRowsOf({ ...line.view, values: ['hits'] }), 0);
  });

  it('names slots by labels, and columns by their own name', () => {
    assert.deepEqual(seriesNames(series.view, { s1: 'b' }), [null, 'b', null, null, null]);
    assert.deepEqual(seriesNames(line.view, { hits: 'Hits' }), ['Hits', 'errors']);
  });

  it('a series keeps the colour and pattern of its slot', () => {
    const alone = keyRows([null, 'b'], 1, 600, LIGHT_THEME);
    const both = keyRows(['a', 'b'], 1, 600, LIGHT_THEME);
    assert.equal(alone[0]?.['color'], both[1]?.['color']);
    assert.deepEqual(alone[0]?.['dash'], both[1]?.['dash']);
  });

  it('flows over its rows, and cuts names rather than leave its place', () => {
    const names = Array.from({ length: 8 }, (_, slot) => `a long name of series ${slot}`);
    const rows = keyRows(names, 2, 600, LIGHT_THEME);
    assert.equal(rows.length, 8);
    assert.equal(new Set(rows.map(row => row['height'])).size, 2);
    assert.ok(rows.every(row => (row['words'] as number) < 600));
    assert.match(String(rows[0]?.['name']), /…$/);
  });
});
