import { BENCH_KINDS, DRAWS, type BenchKind, type Drawer, type Panel } from '../page/contract.ts';
import type { LineUp } from './figures.ts';

/** Who draws a kind in a line-up; a line is what uPlot is for. */
function drawerOf(lineUp: LineUp, kind: BenchKind): Drawer {
  switch (lineUp) {
    case 'Headrace':
      return 'headrace';
    case 're-embedding':
      return 're-embed';
    case 'ECharts':
      return 'echarts';
    case 'ECharts and uPlot':
      return kind === 'line' ? 'uplot' : 'echarts';
  }
}

/** Panels of some kinds; those that the line-up cannot draw are left out. */
export function panelsOf(lineUp: LineUp, kinds: readonly BenchKind[]): readonly Panel[] {
  return kinds
    .map(kind => ({ kind, drawer: drawerOf(lineUp, kind) }))
    .filter(({ kind, drawer }) => DRAWS[drawer].includes(kind));
}

/** So many panels of all kinds, in turns. */
export function manyPanelsOf(lineUp: LineUp, count: number): readonly Panel[] {
  const all = panelsOf(lineUp, BENCH_KINDS);
  return Array.from({ length: Math.ceil(count / all.length) }, () => all)
    .flat()
    .slice(0, count);
}
