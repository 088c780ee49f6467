import type { VegaTheme } from '../shared/vega/theme.ts';
import type { ViewSpec } from '../shared/view.ts';
import type { ChartInput } from './chart-input.ts';
import type { Chart } from './chart.ts';
import type { ChartRenderer } from './chart-renderer.ts';
import { element } from './dom.ts';

/** Vega keeps a little of every change, so a view is replaced by a fresh one after so many. */
const RECYCLE_UPDATES = 5_000;
const RECYCLE_TUPLES = 250_000;

/** How a chart is drawn; another look needs another Vega view. */
export interface Look {
  readonly theme: VegaTheme;
  /** Width of the place, pixels. */
  readonly width: number;
  readonly renderer: ChartRenderer;
  /** How many times larger than it is the picture is shown; null where it is as high as it needs to be. */
  readonly enlarged: number | null;
}

export interface ChartHostOptions {
  /** A mark was clicked that stands for this row of the input. */
  readonly onPick: (row: number) => void;
}

/**
 * Keeps one chart in an element: created with the first rows, fed from then on, and replaced when
 * the look changes or it has been fed long enough. Calls must not overlap (see `Painter`).
 */
export class ChartHost {
  readonly node = element('div', 'jp-HeadraceView-chart');
  readonly #view: ViewSpec;
  readonly #options: ChartHostOptions;
  #chart: Chart | null = null;
  /** Told by the page after its own layout: to ask for it would make the page lay itself out for each view. */
  readonly #sizes = new ResizeObserver(() => (this.#height = this.node.scrollHeight));
  #look: Look | null = null;
  #height = 0;
  #disposed = false;

  constructor(view: ViewSpec, options: ChartHostOptions) {
    this.#view = view;
    this.#options = options;
  }

  /** Rejects with `ChartRefused` for a definition that is not drawn, and with Vega's error for one that cannot be. */
  async draw(input: ChartInput, look: Look): Promise<void> {
    if (this.#disposed) return;
    if (this.#chart === null || this.#isOutworn(this.#chart, look))
      await this.#replace(input, look);
    else await this.#chart.update(input);
  }

  /** Pixels that the picture takes when it is not enlarged; 0 before the first one. */
  get naturalHeight(): number {
    return this.#height;
  }

  /** What is drawn, as a file; null before the first picture. */
  toSvg(): Promise<string | null> {
    return this.#chart?.toSvg() ?? Promise.resolve(null);
  }

  dispose(): void {
    this.#disposed = true;
    this.#sizes.disconnect();
    this.#chart?.finalize();
    this.#chart = null;
  }

  #isOutworn(chart: Chart, look: Look): boolean {
    const sameLook =
      this.#look?.theme === look.theme &&
      this.#look.width === look.width &&
      this.#look.renderer === look.renderer &&
      this.#look.enlarged === look.enlarged;
    return !sameLook || chart.updates >= RECYCLE_UPDATES || chart.tuples >= RECYCLE_TUPLES;
  }

  /** The old chart stays until the new one is drawn, so that the page does not flicker. */
  async #replace(input: ChartInput, look: Look): Promise<void> {
    const { Chart } = await import('./chart.ts');
    const host = element('div', '');
    const times = look.enlarged ?? 1;
    const chart = await Chart.create({
      theme: look.theme,
      width: Math.floor(look.width / times),
      renderer: look.renderer,
      host,
      view: this.#view,
      input,
      onPick: row => this.#options.onPick(row),
      state: this.#chart?.state
    });
    if (this.#disposed) {
      chart.finalize();
      return;
    }
    this.#chart?.finalize();
    this.#chart = chart;
    this.#look = look;
    this.node.replaceChildren(host);
    this.#sizes.disconnect();
    this.#sizes.observe(host);
    this.node.style.setProperty('zoom', String(times));
    if (look.enlarged === null) this.#keepHeight();
  }

  /** The page below never moves up again once a picture was this high. */
  #keepHeight(): void {
    const height = Math.max(parseFloat(this.node.style.minHeight) || 0, this.node.scrollHeight);
    this.node.style.minHeight = `${height}px`;
  }
}
