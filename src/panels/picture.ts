import { reservedHeight } from '../shared/vega/spec.ts';
import type { VegaTheme } from '../shared/vega/theme.ts';
import { frameRows, type ViewFrame, type ViewSpec } from '../shared/view.ts';
import { ChartHost } from './chart-host.ts';
import { element, setAttribute, setText } from './dom.ts';
import { TableTwin } from './table-twin.ts';
import { emptyText, summaryText } from './texts.ts';
import { pageTheme } from './theme.ts';
import { Throttle } from './throttle.ts';
import type { Timers } from './timers.ts';
import type { Translate } from './translate.ts';
import type { ViewState } from './view-state.ts';

/** The text that stands for a picture is renewed this often. */
const SUMMARY_MS = 10_000;

/** The rows of a view as a chart or as a table, or a sentence while there are none. */
export class Picture {
  readonly node: HTMLElement;
  readonly #view: ViewSpec;
  readonly #trans: Translate;
  readonly #timers: Timers;
  readonly #chart: ChartHost;
  readonly #table: TableTwin;
  readonly #note = element('p', 'jp-HeadraceView-note');
  readonly #summary: Throttle<ViewFrame>;
  #theme: VegaTheme = pageTheme();
  #width = 0;
  #fault: string | null = null;
  #drawn: { readonly frame: ViewFrame; readonly table: boolean } | null = null;

  constructor(view: ViewSpec, timers: Timers, trans: Translate) {
    this.#view = view;
    this.#trans = trans;
    this.#timers = timers;
    this.#chart = new ChartHost(view, { onPick: () => undefined });
    this.#table = new TableTwin(view, trans);
    this.node = element('div', 'jp-HeadraceView-picture', { role: 'figure' });
    this.node.style.minHeight = `${reservedHeight(view)}px`;
    this.node.append(this.#note, this.#chart.node, this.#table.node);
    this.#summary = new Throttle(timers, SUMMARY_MS, frame =>
      setAttribute(this.node, 'aria-label', summaryText(view, frame, trans))
    );
  }

  /** Draws a state; a state that is on the page already costs nothing. */
  async draw(state: ViewState, wantsTable: boolean): Promise<void> {
    const { frame } = state;
    const rows = frameRows(this.#view, frame);
    const table = wantsTable || this.#fault !== null;
    const note =
      rows.length === 0 ? emptyText(state, this.#timers.now(), this.#trans) : this.#fault;
    this.#arrange(note, rows.length === 0, table);
    setAttribute(this.node, 'data-stale', String(state.stale));
    if (rows.length === 0) return;
    if (this.#drawn?.frame === frame && this.#drawn.table === table) return;
    this.#summary.offer(frame);
    if (table) this.#table.update(rows);
    else if (this.#width === 0) return;
    else await this.#chart.draw({ rows, labels: frame.labels, span: null, gaps: [] }, { theme: this.#theme, width: this.#width });
    this.#drawn = { frame, table };
  }

  /** From now on the rows stand in a table, with a sentence that says why. */
  fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#fault = this.#trans.__('The chart cannot be drawn (%1). These are its rows.', reason);
  }

  /** The next draw takes the theme of the page as it is then. */
  refreshTheme(): void {
    this.#theme = pageTheme();
    this.#drawn = null;
  }

  /** The next draw fills so many pixels. */
  resize(width: number): void {
    this.#width = width;
    this.#drawn = null;
  }

  dispose(): void {
    this.#summary.dispose();
    this.#chart.dispose();
  }

  #arrange(note: string | null, empty: boolean, table: boolean): void {
    this.#note.hidden = note === null;
    setText(this.#note, note ?? '');
    this.#table.node.hidden = empty || !table;
    this.#chart.node.hidden = empty || table;
  }
}
