import {
  Error as ErrorsOnly,
  loader,
  logger,
  parse,
  View,
  type Item,
  type Runtime,
  type Spec
} from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ROW_FIELD } from '../shared/vega/definition.ts';
import { definitionComplaints } from '../shared/vega/guard.ts';
import { runtimeComplaints } from '../shared/vega/guard-runtime.ts';
import type { ChartData } from '../shared/vega/input.ts';
import { SLOT_FIELD } from '../shared/vega/rows.ts';
import { chartData, vegaLiteSpec } from '../shared/vega/spec.ts';
import type { VegaTheme } from '../shared/vega/theme.ts';
import type { ViewSpec } from '../shared/view.ts';
import type { ChartInput } from './chart-input.ts';
import { ChartRefused } from './chart-refused.ts';
import type { ChartRenderer } from './chart-renderer.ts';
import { feed, feedAnew } from './chart-feed.ts';
import { markGaps, readGapsFromFields } from './line-gaps.ts';
import { plainEncodings } from './plain-encodings.ts';
import { smallPng } from './small-png.ts';

export interface ChartOptions {
  readonly renderer: ChartRenderer;
  readonly host: HTMLElement;
  readonly view: ViewSpec;
  readonly input: ChartInput;
  readonly theme: VegaTheme;
  /** Pixels. */
  readonly width: number;
  /** A mark was clicked that stands for this row of the input. */
  readonly onPick: (row: number) => void;
  /** What a person has selected in the chart before this one; see `Chart.state`. */
  readonly state?: unknown;
}

/**
 * A running Vega view. This module is the only one that loads Vega; import it lazily.
 *
 * Views of shared notebooks carry texts of strangers, so expressions are interpreted instead of
 * compiled to JavaScript, and nothing is ever loaded from an address. Nothing moves by itself: there are
 * no transitions, so that reduced motion needs nothing else.
 */
export class Chart {
  readonly #view: View;
  readonly #options: ChartOptions;
  #shown: ChartData;
  #updates = 0;
  #tuples = 0;

  private constructor(view: View, options: ChartOptions, shown: ChartData) {
    this.#view = view;
    this.#options = options;
    this.#shown = shown;
    view.addEventListener('click', (_event, item) => this.#pick(item));
  }

  /** Rejects with `ChartRefused` for a definition that asks for what a chart may not do. */
  static async create(options: ChartOptions): Promise<Chart> {
    const { host, view, input, theme, width, renderer, state } = options;
    const refused = view.definition === null ? [] : definitionComplaints(view.definition);
    if (refused.length > 0) throw new ChartRefused(refused);
    const specification = vegaLiteSpec(view, { ...input, theme, width });
    const running = new View(runtimeOf(specification, view.kind), {
      expr: expressionInterpreter,
      loader: refusingLoader(),
      logLevel: ErrorsOnly,
      renderer,
      container: host,
      hover: false
    });
    try {
      await running.runAsync();
      if (state !== undefined) await restore(running, state);
    } catch (error) {
      running.finalize();
      throw error;
    }
    return new Chart(running, options, dataOf(options, input));
  }

  /** States drawn since the view was created. */
  get updates(): number {
    return this.#updates;
  }

  /** Rows that Vega has been given since then. */
  get tuples(): number {
    return this.#tuples;
  }

  /** What a person has selected, for a chart that replaces this one; undefined where nothing can be. */
  get state(): unknown {
    if (this.#options.view.kind !== 'vega-lite') return undefined;
    const isSelection = (name?: string): boolean => name?.endsWith('_store') === true;
    return this.#view.getState({ data: isSelection, signals: () => false });
  }

  /** Shows another state. Await it before the next call: overlapping changes are lost. */
  async update(input: ChartInput): Promise<void> {
    const { view } = this.#options;
    const next = dataOf(this.#options, input, this.#shown.signals);
    const put = view.kind === 'vega-lite' ? feedAnew : feed;
    this.#tuples += put(this.#view, this.#shown, next);
    this.#updates += 1;
    this.#shown = next;
    await this.#view.runAsync();
  }

  /** The picture as a file; references to anything outside of it are taken out. */
  async toSvg(): Promise<string> {
    const svg = await this.#view.toSVG();
    return svg.replaceAll(/url\(\s*(?!['"]?#)/gi, 'none(');
  }

  finalize(): void {
    this.#view.finalize();
  }

  #pick(item: Item | null | undefined): void {
    const datum = (item?.datum ?? {}) as Record<string, unknown>;
    const row = datum[this.#options.view.kind === 'vega-lite' ? ROW_FIELD : SLOT_FIELD];
    if (typeof row === 'number') this.#options.onPick(row);
  }
}

/** A Vega-Lite specification as PNG in base64; null where it would be longer than `most`, however small it is drawn. */
export async function drawPng(
  specification: Readonly<Record<string, unknown>>,
  most: number
): Promise<string | null> {
  const view = new View(runtimeOf(specification, null), {
    expr: expressionInterpreter,
    loader: refusingLoader(),
    logLevel: ErrorsOnly,
    renderer: 'none'
  });
  try {
    return await smallPng(await view.toCanvas(), most);
  } finally {
    view.finalize();
  }
}

function dataOf(
  { view, theme, width }: ChartOptions,
  input: ChartInput,
  before: ChartData['signals'] | null = null
): ChartData {
  const data = chartData(view, input, { theme, width }, before);
  return hasLines(view.kind) ? markGaps(data) : data;
}

function runtimeOf(
  specification: Readonly<Record<string, unknown>>,
  kind: ViewSpec['kind'] | null
): Runtime {
  const { spec } = compile(specification as unknown as TopLevelSpec, {
    logger: logger(ErrorsOnly)
  });
  const runtime = parse(kind === null ? spec : simplified(spec, kind), undefined, { ast: true });
  const complaints = runtimeComplaints(runtime);
  if (complaints.length > 0) throw new ChartRefused(complaints);
  return runtime;
}

/** The same picture with fewer expressions; what an author wrote stays as it is. */
function simplified(spec: Spec, kind: ViewSpec['kind']): Spec {
  if (kind === 'vega-lite') return spec;
  return plainEncodings(hasLines(kind) ? readGapsFromFields(spec) : spec);
}

function hasLines(kind: ViewSpec['kind']): boolean {
  return kind === 'line' || kind === 'number';
}

/** A selection that cannot be brought back is lost; the chart is not. */
async function restore(view: View, state: unknown): Promise<void> {
  try {
    view.setState(state as Parameters<View['setState']>[0]);
    await view.runAsync();
  } catch {
    return;
  }
}

function refusingLoader(): ReturnType<typeof loader> {
  const refusing = loader();
  refusing.sanitize = uri => Promise.reject(new Error(`a live view loads nothing: ${uri}`));
  return refusing;
}
