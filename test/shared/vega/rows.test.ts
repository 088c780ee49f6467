import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatCell, formatShort, formatTime } from '../../../src/shared/vega/format.ts';
import { ROWS_DATASET } from '../../../src/shared/vega/rows.ts';
import type { ChartRow } from '../../../src/shared/vega/input.ts';
import { chartData } from '../../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../../src/shared/vega/theme.ts';
import { type Cell, type ViewSpec } from '../../../src/shared/view.ts';
import { bars, line, table } from './views.ts';

function chartRows(view: ViewSpec, rows: readonly Record<string, Cell>[]): readonly ChartRow[] {
  return chartData(view, { rows }, { theme: LIGHT_THEME, width: 720 }).sets[ROWS_DATASET] ?? [];
}

describe('rows of a picture', () => {
  it('are fresh objects and at most as many as the limit', () => {
    const view = { ...bars.view, limit: 2 };
    const rows = chartRows(view, bars.rows);
    assert.deepEqual(
      rows.map(row => [row['slot'], row['label'], row['value'], row['text']]),
      [
        [0, 'be', 12_345, '12,345'],
        [1, 'to', 678, '678']
      ]
    );
    assert.notEqual(chartRows(view, bars.rows)[0], rows[0]);
  });

  it('of bars say when there is no label, and give no length to what is not a number', () => {
    const [row] = chartRows(bars.view, [{ word: null, n: 'many' }]);
    assert.equal(row?.['label'], '(none)');
    assert.equal(row['value'], 0);
  });

  it('of a table are text, with a length beside it for value columns only', () => {
    const [first, second] = chartRows(table.view, table.rows);
    assert.equal(first?.['t1'], 'www.amazon1.com');
    assert.equal(first['v3'], 40);
    assert.equal('v1' in first, false);
    assert.equal(second?.['t1'], '');
    assert.equal(second['v3'], 0);
  });

  it('of bars shorten a figure for which there is no room, and tell it in full', () => {
    const [row] = chartRows(bars.view, [{ word: 'be', n: 123_456_789_012 }]);
    assert.equal(row?.['text'], '123G');
    assert.equal(row['about'], 'be: 123,456,789,012');
  });

  it('of a line are the newest ones above the limit', () => {
    const rows = chartRows({ ...line.view, limit: 2 }, line.rows);
    assert.deepEqual(
      rows.map(row => row['v0']),
      [928, 929]
    );
  });

  it('of a line keep missing values missing', () => {
    assert.equal(chartRows(line.view, line.rows)[12]?.['v1'], null);
  });
});

describe('text of a cell', () => {
  it('groups thousands and rounds to three decimals', () => {
    assert.equal(formatCell(1234567.89012, 'number'), '1,234,567.89');
  });
  it('is short where there is little room', () => {
    assert.deepEqual([940, 1250, -31e6, 0.5, 0].map(formatShort), [
      '940',
      '1.25k',
      '-31M',
      '0.5',
      '0'
    ]);
  });
  it('writes a time so that it sorts', () => {
    assert.match(formatTime(Date.UTC(2026, 10, 23, 12)), /^2026-11-\d\d \d\d:\d\d:\d\d$/);
    assert.equal(formatTime(Number.NaN), '');
  });
  it('leaves text and truth values as they are', () => {
    assert.deepEqual(
      [formatCell('a', 'text'), formatCell(true, 'text'), formatCell(null, 'time')],
      ['a', 'true', '']
    );
  });
});
