import { init, type EChartsCoreOption } from 'echarts';
import type { ViewFrame, ViewSpec } from '../../src/shared/view.ts';
import type { Size } from './contract.ts';
import { htmlTable } from './html-table.ts';
import type { PeerChart } from './peer.ts';
import { PAGES, REGIONS, SERIES } from './views.ts';

const WIDTH = 560;
const HEIGHTS: Readonly<Record<string, number>> = { bars: 760 };
const HEIGHT = 300;

/** Apache ECharts, fed by `setOption` without animation, which is its fastest way. */
export function echart(node: HTMLElement, view: ViewSpec, tile: Size | null): PeerChart {
  if (view.kind === 'table') return htmlTable(node, view);
  const element = document.createElement('div');
  node.append(element);
  const chart = init(element, null, tile ?? { width: WIDTH, height: HEIGHTS[view.kind] ?? HEIGHT });
  chart.setOption({ animation: false, grid: { left: 100, right: 60 }, ...frameOf(view) });
  return {
    draw: frame => chart.setOption(dataOf(view, frame)),
    dispose: () => chart.dispose()
  };
}

/** What does not change from state to state. */
function frameOf({ kind }: ViewSpec): EChartsCoreOption {
  switch (kind) {
    case 'line':
      return {
        legend: {},
        xAxis: { type: 'time' },
        yAxis: { type: 'value' },
        series: SERIES.map(name => ({ type: 'line', name, showSymbol: false }))
      };
    case 'histogram':
      return {
        xAxis: { type: 'category' },
        yAxis: { type: 'value' },
        series: [{ type: 'bar', barCategoryGap: 1 }]
      };
    case 'heatmap':
      return {
        xAxis: { type: 'category', data: PAGES },
        yAxis: { type: 'category', data: REGIONS },
        visualMap: { min: 0, max: 1, calculable: false },
        series: [{ type: 'heatmap' }]
      };
    default:
      return {
        xAxis: { type: 'value' },
        yAxis: { type: 'category', inverse: true },
        series: [{ type: 'bar', label: { show: true, position: 'right' } }]
      };
  }
}

function dataOf({ kind }: ViewSpec, { data }: ViewFrame): EChartsCoreOption {
  const column = (name: string): readonly unknown[] => data[name] ?? [];
  switch (kind) {
    case 'line':
      return {
        series: SERIES.map((name, index) => ({
          name,
          data: column(`s${index}`).map((value, at) => [data['time']?.[at], value])
        }))
      };
    case 'histogram':
      return { xAxis: { data: column('from') }, series: [{ data: column('n') }] };
    case 'heatmap':
      return {
        visualMap: { max: Math.max(...column('n').map(Number)) },
        series: [
          { data: column('n').map((n, at) => [data['page']?.[at], data['region']?.[at], n]) }
        ]
      };
    default:
      return { yAxis: { data: column('word') }, series: [{ data: column('n') }] };
  }
}
