import { changeset, loader, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { chartRows, ROWS_DATASET, tableColumns } from '../shared/vega/rows.ts';
import { vegaLiteSpec } from '../shared/vega/spec.ts';
import type { VegaTheme } from '../shared/vega/theme.ts';
import type { Cell, ViewSpec } from '../shared/view.ts';

type Rows = readonly Readonly<Record<string, Cell>>[];

/** More text and bar marks than this are drawn faster on a canvas; below, each mark can be read aloud. */
const MAX_SVG_MARKS = 240;
const PNG_PREFIX = 'data:image/png;base64,';

export interface ChartOptions {
  readonly host: HTMLElement;
  readonly view: ViewSpec;
  readonly rows: Rows;
  readonly theme: VegaTheme;
  /** Pixels. */
  readonly width: number;
}

/**
 * A running Vega view. This module is the only one that loads Vega; import it lazily.
 *
 * Views of shared notebooks carry texts of strangers, so expressions are interpreted instead of
 * compiled to JavaScript, and nothing is ever loaded from an address.
 */
export class Chart {
  readonly #view: View;
  readonly #spec: ViewSpec;
  #updates = 0;

  private constructor(view: View, spec: ViewSpec) {
    this.#view = view;
    this.#spec = spec;
  }

  static async create({ host, view, rows, theme, width }: ChartOptions): Promise<Chart> {
    const running = new View(runtimeOf(vegaLiteSpec(view, { theme, rows, width })), {
      expr: expressionInterpreter,
      loader: refusingLoader(),
      renderer: rendererFor(view),
      container: host,
      hover: false
    });
    await running.runAsync();
    return new Chart(running, view);
  }

  /** States drawn since the view was created. */
  get updates(): number {
    return this.#updates;
  }

  /** Replaces all rows. Await it before the next call: overlapping changes are lost. */
  async update(rows: Rows): Promise<void> {
    this.#updates += 1;
    const change = changeset()
      .remove(() => true)
      .insert(chartRows(this.#spec, rows));
    await this.#view.change(ROWS_DATASET, change).runAsync();
  }

  finalize(): void {
    this.#view.finalize();
  }
}

/** A Vega-Lite specification as PNG in base64. */
export async function drawPng(specification: Readonly<Record<string, unknown>>): Promise<string> {
  const view = new View(runtimeOf(specification), {
    expr: expressionInterpreter,
    loader: refusingLoader(),
    renderer: 'none'
  });
  try {
    const canvas = await view.toCanvas();
    return canvas.toDataURL('image/png').slice(PNG_PREFIX.length);
  } finally {
    view.finalize();
  }
}

function runtimeOf(specification: Readonly<Record<string, unknown>>): ReturnType<typeof parse> {
  return parse(compile(specification as unknown as TopLevelSpec).spec, undefined, { ast: true });
}

function rendererFor(view: ViewSpec): 'svg' | 'canvas' {
  if (view.kind === 'line') return 'canvas';
  const marks = view.kind === 'bars' ? 3 : tableColumns(view).length + view.values.length;
  return marks * view.limit <= MAX_SVG_MARKS ? 'svg' : 'canvas';
}

function refusingLoader(): ReturnType<typeof loader> {
  const refusing = loader();
  refusing.sanitize = uri => Promise.reject(new Error(`a live view loads nothing: ${uri}`));
  return refusing;
}
