import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdown } from '../../../bench/report/format.ts';
import { reportLines } from '../../../bench/report/report.ts';
import { machine } from '../../../bench/results.ts';

const time = { n: 3, p50: 4.25, p95: 12, p99: 13, max: 14 };
const RESULTS = {
  at: '2026-11-28T00:00:00.000Z',
  machine: machine(0.5),
  versions: { Node: '20.20.2' },
  rate: 1_000,
  seconds: 60,
  figures: {
    panels: {
      updates: [{ drawer: 'headrace', kind: 'bars', time }],
      shares: [{ lineUp: 'Headrace', busy: 0.18, cpu: 0.15, rate: 10 }],
      heap: [{ lineUp: 'Headrace', updates: 100_000, seconds: 500, bytes: 3e6, nodes: 0 }],
      many: [{ lineUp: 'Headrace', views: 50, slowest: 6, median: 7 }]
    }
  }
} as const;

describe('reportLines', () => {
  it('has targets first, then the tables of what was measured', () => {
    const lines = reportLines(RESULTS);
    const met = lines.filter(line => line.endsWith(' met'));
    assert.equal(met.length, 3);
    assert.ok(lines.some(line => /^bars +4\.3 ms +– +–/.test(line)));
    assert.ok(!lines.some(line => line.startsWith('JupyterLab')));
  });

  it('draws them as Markdown too', () => {
    const lines = reportLines(RESULTS, markdown);
    assert.ok(lines.includes('| three panels at 10 Hz | main thread | of it computing | drawn |'));
    assert.ok(lines.includes('| Headrace | 18.0 % | 15.0 % | 10.0 /s |'));
  });
});
