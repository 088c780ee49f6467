import { BENCH_KINDS, DRAWERS } from '../page/contract.ts';
import type { PanelFigures } from '../panels/figures.ts';
import { count, megabytes, milliseconds, percent, perSecond, type Table } from './format.ts';

/** Tables of the panels, Headrace's row or column first, the others on the same data beside it. */
export function panelTables({ updates, shares, heap, many }: PanelFigures): readonly Table[] {
  return [
    [
      ['one update, p50', ...DRAWERS],
      ...BENCH_KINDS.map(kind => [
        kind,
        ...DRAWERS.map(drawer => {
          const cost = updates.find(one => one.kind === kind && one.drawer === drawer);
          return cost === undefined ? '–' : milliseconds(cost.time.p50);
        })
      ])
    ],
    [
      ['three panels at 10 Hz', 'main thread', 'of it computing', 'drawn'],
      ...shares.map(({ lineUp, busy, cpu, rate }) => [
        lineUp,
        percent(busy),
        percent(cpu),
        perSecond(rate)
      ])
    ],
    [
      ['heap', 'updates', 'growth', 'a 1,000 updates', 'updates a second'],
      ...heap.map(({ lineUp, updates: drawn, bytes, seconds }) => [
        lineUp,
        count(drawn),
        megabytes(bytes),
        `${count(bytes / drawn)} kB`,
        count(drawn / seconds)
      ])
    ],
    [
      ['views, offered 10 Hz', 'views', 'slowest', 'median'],
      ...many.map(({ lineUp, views, slowest, median }) => [
        lineUp,
        count(views),
        perSecond(slowest),
        perSecond(median)
      ])
    ]
  ];
}
