import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyPanelsOf, panelsOf } from '../../../bench/panels/line-ups.ts';

describe('panelsOf', () => {
  it('gives lines to uPlot and leaves out what nobody beside Headrace draws', () => {
    assert.deepEqual(panelsOf('ECharts and uPlot', ['bars', 'line', 'number']), [
      { kind: 'bars', drawer: 'echarts' },
      { kind: 'line', drawer: 'uplot' }
    ]);
  });
});

describe('manyPanelsOf', () => {
  it('goes round all kinds', () => {
    const panels = manyPanelsOf('Headrace', 8);
    assert.deepEqual([panels.length, panels[0]?.kind, panels[6]?.kind], [8, 'bars', 'bars']);
  });
});
