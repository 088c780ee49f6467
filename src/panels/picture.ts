import { reservedHeight } from '../shared/vega/spec.ts';
import type { VegaTheme } from '../shared/vega/theme.ts';
import { frameRows, type ViewFrame, type ViewSpec } from '../shared/view.ts';
import { ChartHost, type Look } from './chart-host.ts';
import type { TimeSpan } from './chart-input.ts';
import { rendererFor } from './chart-renderer.ts';
import { element, setAttribute } from './dom.ts';
import { EmptyPanel } from './empty-panel.ts';
import type { EmptyText } from './empty-text.ts';
import { enlargement, type Room } from './enlargement.ts';
import { FaultNote } from './fault-note.ts';
import { Grid } from './grid.ts';
import type { Row } from './row-order.ts';
import { summaryText } from './texts.ts';
import { pageTheme } from './theme.ts';
import { Throttle } from './throttle.ts';
import type { Timers } from './timers.ts';
import type { Translate } from './translate.ts';
import type { ViewState } from './view-state.ts';

/** The text that stands for a picture is renewed this often. */
const SUMMARY_MS = 10_000;
/** As high as a grid in a cell, pixels. */
const MAX_GRID_HEIGHT = 400;

export interface PictureOptions {
  readonly timers: Timers;
  readonly trans: Translate;
  /** Whether the picture fills a place of its own instead of being as high as it is. */
  readonly fills: boolean;
  /** Views that can be seen just now, this one among them. */
  readonly viewsInSight: () => number;
  /** Somebody asks for what is behind a row. */
  readonly onPick: (row: Row) => void;
}

/** One state, and how it is looked at. */
export interface PictureState {
  readonly state: ViewState;
  readonly table: boolean;
  readonly span: TimeSpan | null;
  readonly gaps: readonly TimeSpan[];
  /** What stands there while there are no rows. */
  readonly empty: () => EmptyText;
}

/** The rows of a view as a chart or as a table, or the reason why there are none. */
export class Picture {
  readonly node: HTMLElement;
  /** The chart with what lies over it. */
  readonly stage: HTMLElement;
  readonly #view: ViewSpec;
  readonly #chart: ChartHost;
  readonly #grid: Grid;
  readonly #empty: EmptyPanel;
  readonly #fault: FaultNote;
  readonly #summary: Throttle<ViewFrame>;
  #theme: VegaTheme = pageTheme();
  readonly #fills: boolean;
  readonly #viewsInSight: () => number;
  #enlarged = 1;
  #room: Room = { width: 0, height: 0 };
  #rows: readonly Row[] = [];
  #drawn: PictureState | null = null;
  #drawing: Promise<void> | null = null;

  constructor(view: ViewSpec, { timers, trans, fills, viewsInSight, onPick }: PictureOptions) {
    this.#view = view;
    this.#viewsInSight = viewsInSight;
    // A definition is drawn on a canvas, which is not sharp when it is enlarged.
    this.#fills = fills && view.kind !== 'vega-lite';
    this.#chart = new ChartHost(view, {
      onPick: place => {
        const row = this.#rows[place];
        if (row !== undefined) onPick(row);
      }
    });
    this.#grid = new Grid(view, trans, { onPick });
    this.#empty = new EmptyPanel(trans);
    this.#fault = new FaultNote(trans);
    this.stage = element('div', 'jp-HeadraceView-stage', {}, this.#chart.node);
    if (fills) {
      // It scrolls where the picture is higher than its place.
      this.stage.tabIndex = 0;
      setAttribute(this.stage, 'role', 'group');
      setAttribute(this.stage, 'aria-label', trans.__('Chart of %1', view.title));
    }
    this.node = element('div', 'jp-HeadraceView-picture', { role: 'figure' });
    this.node.style.minHeight = `${roomFor(view)}px`;
    this.node.append(this.#empty.node, this.#fault.node, this.stage, this.#grid.node);
    this.#summary = new Throttle(timers, SUMMARY_MS, frame =>
      setAttribute(this.node, 'aria-label', summaryText(view, frame, trans))
    );
  }

  /** Whether rows stand in a table because the chart cannot be drawn. */
  get faulty(): boolean {
    return this.#fault.shown;
  }

  /** How many times larger than it is the chart is shown. */
  get enlarged(): number {
    return this.#enlarged;
  }

  /** Draws a state; a state that is on the page already costs nothing. */
  async draw(next: PictureState): Promise<void> {
    const { frame, stale } = next.state;
    const empty = !hasRows(frame);
    const table = next.table || this.faulty;
    this.#arrange(empty, table);
    setAttribute(this.node, 'data-stale', String(stale));
    this.#summary.offer(frame);
    if (empty) this.#empty.update(next.empty());
    if (empty || this.#isDrawn(next, table)) return;
    if (table) this.#grid.update(frame, next.state.badge === 'past');
    else if (this.#room.width === 0) return;
    else await this.#drawChart(next);
    this.#drawn = { ...next, table };
  }

  /** From now on the rows stand in a table, with a sentence that says why. */
  fail(error: unknown): void {
    this.#fault.show(error);
  }

  /** Tries the chart again. */
  retry(): void {
    this.#fault.hide();
    this.#drawn = null;
  }

  /** The next draw takes the theme of the page as it is then. */
  refreshTheme(): void {
    this.#theme = pageTheme();
    this.#drawn = null;
  }

  /** The next draw fills so much room; its height is of no concern to a picture that fills none. */
  resize(room: Room): void {
    this.#room = room;
    this.#drawn = null;
  }

  /** The chart of a state as a file, also while the table is shown; null before it has rows. */
  async toSvg(next: PictureState): Promise<string | null> {
    if (!hasRows(next.state.frame) || this.#room.width === 0) return null;
    await this.#drawChart(next);
    return this.#chart.toSvg();
  }

  dispose(): void {
    this.#summary.dispose();
    this.#chart.dispose();
    this.#grid.dispose();
  }

  #isDrawn({ state, span, gaps }: PictureState, table: boolean): boolean {
    const drawn = this.#drawn;
    if (drawn?.state.frame !== state.frame || drawn.table !== table) return false;
    return (
      table ||
      (drawn.span?.from === span?.from && drawn.span?.to === span?.to && drawn.gaps === gaps)
    );
  }

  /** Drawings must not overlap; as a rule nothing is waited for. */
  async #drawChart({ state, span, gaps }: PictureState): Promise<void> {
    while (this.#drawing !== null) await this.#drawing.catch(() => undefined);
    const rows = frameRows(this.#view, state.frame);
    this.#rows = rows;
    const input = { rows, labels: state.frame.labels, span, gaps };
    const drawing = this.#chart.draw(input, this.#look());
    this.#drawing = drawing;
    try {
      await drawing;
    } finally {
      this.#drawing = null;
    }
  }

  #look(): Look {
    const { width } = this.#room;
    const height = this.#chart.naturalHeight || reservedHeight(this.#view);
    const enlarged = this.#fills ? enlargement(this.#room, height) : null;
    this.#enlarged = enlarged ?? 1;
    const renderer = rendererFor(this.#view, this.#viewsInSight());
    return { theme: this.#theme, width, renderer, enlarged };
  }

  #arrange(empty: boolean, table: boolean): void {
    this.#empty.node.hidden = !empty;
    this.#grid.node.hidden = empty || !table;
    this.stage.hidden = empty || table;
  }
}

/** A table of rows scrolls within its room; charts are as high as they are. */
function roomFor(view: ViewSpec): number {
  const height = reservedHeight(view);
  return view.kind === 'table' ? Math.min(height, MAX_GRID_HEIGHT) : height;
}

function hasRows(frame: ViewFrame): boolean {
  return Object.values(frame.data).some(cells => cells.length > 0);
}
