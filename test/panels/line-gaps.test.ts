import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile, type TopLevelSpec } from 'vega-lite';
import { markGaps, readGapsFromFields } from '../../src/panels/line-gaps.ts';
import { ROWS_DATASET } from '../../src/shared/vega/rows.ts';
import { chartData, vegaLiteSpec } from '../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../src/shared/vega/theme.ts';
import type { ViewSpec } from '../../src/shared/view.ts';

const VIEW: ViewSpec = {
  id: 'v',
  stream: 'hits',
  title: 'Hits',
  kind: 'line',
  columns: [
    { name: 'at', type: 'time' },
    { name: 's0', type: 'number' },
    { name: 's1', type: 'number' }
  ],
  category: 'at',
  series: 'url',
  values: ['s0', 's1'],
  windowMs: null,
  definition: null,
  limit: 10
};
const INPUT = {
  rows: [
    { at: 1_000, s0: 1, s1: null },
    { at: 2_000, s0: 0, s1: 4 }
  ],
  labels: { s0: '/a', s1: '/b' }
};

describe('gaps of lines', () => {
  it('are fields of the rows that a chart begins with, and every line reads its own', () => {
    const { spec } = compile(
      vegaLiteSpec(VIEW, { ...INPUT, theme: LIGHT_THEME }) as unknown as TopLevelSpec
    );
    const text = JSON.stringify(readGapsFromFields(spec));
    assert.match(text, /"defined":\{"field":"has-v0"\}/);
    assert.match(text, /"defined":\{"field":"has-v1"\}/);
    assert.doesNotMatch(text, /"defined":\{"signal"/);
    assert.match(text, /"has-v0":true,"has-v1":false/);
  });

  it('are fields of the rows of each later state', () => {
    const data = markGaps(chartData(VIEW, INPUT, { theme: LIGHT_THEME, width: 600 }));
    const gaps = data.sets[ROWS_DATASET]?.map(row => [row['has-v0'], row['has-v1']]);
    assert.deepEqual(gaps, [
      [true, false],
      [true, true]
    ]);
  });
});
