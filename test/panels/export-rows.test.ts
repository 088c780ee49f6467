import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileName, rowsAsCsv, rowsAsJson } from '../../src/panels/export-rows.ts';
import { recordsAsText, rowName } from '../../src/panels/records-text.ts';
import { frameOf, view } from './views.ts';

const time = Date.UTC(2026, 10, 23, 14, 2, 11);

describe('rows as a file', () => {
  it('quotes what CSV takes for its own, and disarms formulas', () => {
    const frame = {
      ...frameOf(),
      data: { word: ['a,"b"', '=1+1', '-5', null], n: [1, 2, 3, null] }
    };
    assert.equal(rowsAsCsv(view, frame), `word,n\r\n"a,""b""",1\r\n'=1+1,2\r\n-5,3\r\n,\r\n`);
  });

  it('names slots of a line by their series, leaves out the free ones, and writes times in UTC', () => {
    const line = {
      ...view,
      kind: 'line' as const,
      columns: [
        { name: 't', type: 'time' as const },
        { name: 's0', type: 'number' as const },
        { name: 's1', type: 'number' as const }
      ],
      category: 't',
      series: 'region'
    };
    const frame = { ...frameOf(), data: { t: [time], s0: [4], s1: [null] }, labels: { s0: 'EU' } };
    assert.equal(rowsAsCsv(line, frame), 't,EU\r\n2026-11-23T14:02:11.000Z,4\r\n');
    assert.deepEqual(JSON.parse(rowsAsJson(line, frame)), [
      { t: '2026-11-23T14:02:11.000Z', EU: 4 }
    ]);
  });

  it('has a name that any disk takes', () => {
    assert.equal(
      fileName('Words / by: count!', time, 'csv'),
      'words-by-count-2026-11-23-140211.csv'
    );
    assert.equal(fileName('../..', time, 'svg'), 'view-2026-11-23-140211.svg');
  });
});

describe('records behind a row', () => {
  it('are copied as lines, whatever their values hold', () => {
    const record = {
      topic: 'w',
      partition: 1,
      offset: '7',
      timestamp: time,
      key: null,
      value: 'a\tb\nc'
    };
    assert.equal(
      recordsAsText([record]).split('\n')[1],
      '2026-11-23T14:02:11.000Z\tw\t1\t7\t\ta b c'
    );
  });

  it('have the name of what they are behind', () => {
    assert.equal(rowName(view, { word: 'the', n: 5 }), 'the');
    const heat = { ...view, kind: 'heatmap' as const, series: 'n' };
    assert.equal(rowName(heat, { word: 'the', n: 5 }), 'the, 5');
  });
});
