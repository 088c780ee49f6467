import embed, { type Result, type VisualizationSpec } from 'vega-embed';
import { frameRows, type ViewFrame, type ViewSpec } from '../../src/shared/view.ts';
import type { Size } from './contract.ts';
import { htmlTable } from './html-table.ts';
import type { PeerChart } from './peer.ts';
import { LINE_STEP_MS, SERIES } from './views.ts';

const WIDTH = 440;
const HEIGHT = 240;
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/**
 * What a notebook does that shows a chart again and again: `update_display_data` makes JupyterLab's renderer finalize the
 * chart, embed the whole specification in a new element, and make a PNG for the notebook of it.
 */
export function reEmbedded(node: HTMLElement, view: ViewSpec, tile: Size | null): PeerChart {
  if (view.kind === 'table') return htmlTable(node, view);
  let shown: Result | null = null;
  return {
    async draw(frame) {
      const element = document.createElement('div');
      node.textContent = '';
      node.append(element);
      shown?.finalize();
      shown = await embed(element, specOf(view, frame, tile), {
        actions: true,
        defaultStyle: true
      });
      await shown.view.toImageURL('png');
    },
    dispose: () => shown?.finalize()
  };
}

/** As a person would write it: nothing but data, mark and encodings. */
function specOf(view: ViewSpec, frame: ViewFrame, tile: Size | null): VisualizationSpec {
  const values = frameRows(view, frame);
  const size = tile ?? { width: WIDTH, height: HEIGHT };
  const fits = { type: 'fit', contains: 'padding' } as const;
  const common = { $schema: SCHEMA, ...size, ...(tile === null ? {} : { autosize: fits }) };
  const field = (name: string, type: string): Record<string, unknown> => ({ field: name, type });
  switch (view.kind) {
    case 'line':
      return {
        ...common,
        data: { values: longRows(frame) },
        mark: 'line',
        encoding: {
          x: field('time', 'temporal'),
          y: field('value', 'quantitative'),
          color: field('host', 'nominal')
        }
      };
    case 'histogram':
      return {
        ...common,
        data: { values },
        mark: 'bar',
        encoding: {
          x: { ...field('from', 'quantitative'), bin: { binned: true } },
          x2: { field: 'to' },
          y: field('n', 'quantitative')
        }
      };
    case 'heatmap':
      return {
        ...common,
        data: { values },
        mark: 'rect',
        encoding: {
          x: field('page', 'nominal'),
          y: field('region', 'nominal'),
          color: field('n', 'quantitative')
        }
      };
    default:
      return {
        ...common,
        ...(tile === null ? { height: { step: 24 } } : {}),
        data: { values },
        mark: 'bar',
        encoding: { x: field('n', 'quantitative'), y: { ...field('word', 'nominal'), sort: '-x' } }
      };
  }
}

/** One row a point and series, which is what a colour needs. */
function longRows({ data }: ViewFrame): { time: number; host: string; value: number }[] {
  return SERIES.flatMap((host, series) =>
    (data[`s${series}`] ?? []).map((value, index) => ({
      time: Number(data['time']?.[index] ?? index * LINE_STEP_MS),
      host,
      value: Number(value)
    }))
  );
}
