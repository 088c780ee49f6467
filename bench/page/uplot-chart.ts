import UPlot from 'uplot';
import type { ViewFrame, ViewSpec } from '../../src/shared/view.ts';
import type { Size } from './contract.ts';
import type { PeerChart } from './peer.ts';
import { SERIES } from './views.ts';

const SIZE = { width: 560, height: 300 };
/** It stands below the plot. */
const LEGEND_HEIGHT = 30;
const COLORS = ['#0072b2', '#d55e00', '#009e73'];

/** uPlot, which draws lines and little else, and is the fastest at it. */
export function uplotChart(node: HTMLElement, _view: ViewSpec, tile: Size | null): PeerChart {
  const chart = new UPlot(
    {
      ...(tile === null ? SIZE : { width: tile.width, height: tile.height - LEGEND_HEIGHT }),
      // Milliseconds instead of seconds.
      ms: 1,
      series: [
        {},
        ...SERIES.map((label, index) => ({ label, stroke: COLORS[index] ?? '#000', width: 2 }))
      ]
    },
    undefined,
    node
  );
  return {
    async draw(frame: ViewFrame) {
      const numbers = (name: string): number[] => (frame.data[name] ?? []).map(Number);
      chart.setData([numbers('time'), ...SERIES.map((__, index) => numbers(`s${index}`))]);
      // It draws in a microtask of its own.
      await Promise.resolve();
    },
    dispose: () => chart.destroy()
  };
}
