import type { VegaTheme } from '../shared/vega/theme.ts';
import type { Cell, ViewSpec } from '../shared/view.ts';
import type { Chart } from './chart.ts';
import { element } from './dom.ts';

type Rows = readonly Readonly<Record<string, Cell>>[];

/** Vega keeps a little of every change, so a view is replaced by a fresh one after so many. */
const RECYCLE_AFTER = 5_000;

/** How a chart is drawn; another look needs another Vega view. */
export interface Look {
  readonly theme: VegaTheme;
  readonly width: number;
}

/**
 * Keeps one chart in an element: created with the first rows, fed from then on, and replaced when
 * the look changes or it has been fed long enough. Calls must not overlap (see `Painter`).
 */
export class ChartHost {
  readonly node = element('div', 'jp-HeadraceView-chart');
  readonly #view: ViewSpec;
  #chart: Chart | null = null;
  #look: Look | null = null;
  #disposed = false;

  constructor(view: ViewSpec) {
    this.#view = view;
  }

  async draw(rows: Rows, look: Look): Promise<void> {
    if (this.#chart === null || this.#isOutworn(this.#chart, look)) await this.#replace(rows, look);
    else await this.#chart.update(rows);
  }

  dispose(): void {
    this.#disposed = true;
    this.#chart?.finalize();
    this.#chart = null;
  }

  #isOutworn(chart: Chart, look: Look): boolean {
    const sameLook = this.#look?.theme === look.theme && this.#look.width === look.width;
    return !sameLook || chart.updates >= RECYCLE_AFTER;
  }

  /** The old chart stays until the new one is drawn, so that the page does not flicker. */
  async #replace(rows: Rows, look: Look): Promise<void> {
    const { Chart } = await import('./chart.ts');
    const host = element('div', '');
    const chart = await Chart.create({ ...look, host, view: this.#view, rows });
    if (this.#disposed) {
      chart.finalize();
      return;
    }
    this.#chart?.finalize();
    this.#chart = chart;
    this.#look = look;
    this.node.replaceChildren(host);
    this.#keepHeight();
  }

  /** The page below never moves up again once a picture was this high. */
  #keepHeight(): void {
    const height = Math.max(parseFloat(this.node.style.minHeight) || 0, this.node.scrollHeight);
    this.node.style.minHeight = `${height}px`;
  }
}
