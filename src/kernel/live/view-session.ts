import { isDeepStrictEqual } from 'node:util';
import type { LiveView } from '../../magics/contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { TraceRequest } from '../../runtime/trace/request.ts';
import type { ResultRow, StreamHandle } from '../../runtime/streams/port.ts';
import { createViewModel } from '../../runtime/views/create-view-model.ts';
import type { ViewModel } from '../../runtime/views/view-model.ts';
import type { SourceRecords } from '../../shared/source-record.ts';
import type { Cell, ViewFrame, ViewSnapshot, ViewSpec } from '../../shared/view.ts';
import type { AskedView } from './answers.ts';
import { FrameHistory, type KeptFrame } from './frame-history.ts';
import { RecentRows } from './recent-rows.ts';
import { ViewOutput, type ViewOutputOptions } from './view-output.ts';

/** Finds the Kafka records behind a row. */
export type Trace = (row: TraceRequest, signal: AbortSignal) => Promise<SourceRecords>;

export interface ViewSessionOptions {
  readonly view: ViewSpec;
  readonly stream: StreamHandle;
  readonly clock: Clock;
  /** Absent for a view that was found again after a restart: its cell belongs to an earlier kernel. */
  readonly output?: ViewOutputOptions;
  readonly trace: Trace;
  readonly onChange: (view: string) => void;
}

/** While a view runs its model grows; of an ended view only the last frame is kept. */
type State =
  | { readonly ended: false; readonly model: ViewModel }
  | { readonly ended: true; readonly frame: ViewFrame };

/** A live view from its first row to its last snapshot. It ends with its stream at the latest. */
export class ViewSession implements LiveView, AskedView {
  readonly spec: ViewSpec;
  readonly #options: ViewSessionOptions;
  readonly #output: ViewOutput | null;
  readonly #unsubscribe: readonly (() => void)[];
  readonly #history = new FrameHistory();
  readonly #recent: RecentRows | null;
  #state: State;
  #rows = 0;
  /** Changes so far: two states with one number are the same state. */
  #changes = 0;
  /** Changes of rows or state so far; a status alone that ticks on is nothing to look back to. */
  #versions = 0;
  #lastState: string | null = null;
  /** The present frame, until something changes; several pages may ask for it. */
  #frame: ViewFrame | null = null;
  #finished: Promise<void> | null = null;

  constructor(options: ViewSessionOptions) {
    const { view, stream, output } = options;
    this.#options = options;
    this.spec = view;
    this.#state = { ended: false, model: createViewModel(view, stream.aggregated) };
    this.#recent = stream.aggregated ? null : new RecentRows();
    this.#unsubscribe = [
      stream.onRows(rows => this.#apply(rows)),
      stream.onStatus(() => this.#changed())
    ];
    this.#output = output === undefined ? null : new ViewOutput(output, () => this.snapshot());
    void stream.ended.then(() => this.finish());
  }

  get rows(): number {
    return this.#rows;
  }

  /** Whether no more states follow from its own stream, but could from this one of the same name. */
  goesOnWith(stream: StreamHandle): boolean {
    const { stream: own } = this.#options;
    return this.ended && own !== stream && isDeepStrictEqual(shapeOf(own), shapeOf(stream));
  }

  /** Whether no more states follow. */
  get ended(): boolean {
    return this.#state.ended;
  }

  /** The present state; after the end the last one. */
  frame(): ViewFrame {
    if (this.#state.ended) return this.#state.frame;
    this.#frame ??= {
      ...this.#state.model.frame(this.#options.stream.status()),
      historyFrom: this.#history.from
    };
    return this.#frame;
  }

  look(at: number): KeptFrame | null {
    return this.#history.look(at);
  }

  trace(row: Readonly<Record<string, Cell>>, signal: AbortSignal): Promise<SourceRecords> {
    const { stream, trace } = this.#options;
    const { labels } = this.frame();
    const recordKey = this.#recent?.keyOf(row) ?? null;
    return trace({ view: this.spec, stream, row, labels, recordKey }, signal);
  }

  snapshot(): ViewSnapshot {
    return {
      version: 1,
      view: this.spec,
      frame: this.frame(),
      seq: this.#changes,
      savedAt: this.#options.clock.now(),
      final: this.ended
    };
  }

  /** Stops the stream behind the view; the view ends when the stream has. */
  async stop(signal: AbortSignal): Promise<void> {
    await this.#options.stream.stop(signal);
  }

  finish(): Promise<void> {
    this.#finished ??= this.#end();
    return this.#finished;
  }

  /** The kernel ends, the stream does not. */
  suspend(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    if (!this.ended) this.#output?.suspend();
  }

  async #end(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#frame = null;
    this.#state = { ended: true, frame: this.frame() };
    this.#history.end(this.#options.clock.now(), () => this.frame());
    this.#changed();
    await this.#output?.finish();
  }

  #apply(rows: readonly ResultRow[]): void {
    if (!this.#state.ended) this.#state.model.apply(rows);
    this.#recent?.add(rows);
    this.#versions += 1;
    this.#rows += rows.filter(({ row }) => row !== null).length;
    this.#changed();
  }

  #changed(): void {
    this.#changes += 1;
    this.#frame = null;
    // Pages first: what they are shown need not be made again for the past.
    this.#options.onChange(this.spec.id);
    this.#keep();
  }

  #unwatched(): ViewFrame {
    if (this.#state.ended) return this.#state.frame;
    return this.#frame ?? this.#state.model.frame(this.#options.stream.status(), false);
  }

  /** Puts the present where pages can look back to it. */
  #keep(): void {
    const { state } = this.#options.stream.status();
    if (state !== this.#lastState) this.#versions += 1;
    this.#lastState = state;
    const { from } = this.#history;
    this.#history.offer(this.#options.clock.now(), this.#versions, () => this.#unwatched());
    // Frames say how far back one can look.
    if (from !== this.#history.from) this.#frame = null;
  }
}

/** What a view was made for. */
function shapeOf({ columns, keys, aggregated }: StreamHandle): unknown {
  return { columns, keys, aggregated };
}
