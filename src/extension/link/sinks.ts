import type { Connection } from '../../panels/view-state.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';

/** A view on the page, as its client sees it. Several may show the same view. */
export interface LiveSink {
  readonly id: string;
  /** False once the stream is known to have ended. */
  readonly wantsFrames: boolean;
  /** Milliseconds that the last picture took. */
  readonly paintMs: number;
  receive(frame: ViewFrame, seq: number, at: number): void;
  /** So many frames for this view could not be read. */
  dropped(count: number): void;
  connect(connection: Connection): void;
  /** These streams run, by name, each since then, epoch milliseconds; whether a view that has ended wants frames again. */
  revive?(running: ReadonlyMap<string, number>): boolean;
  /** What the kernel says that the view is; for those that know its name only. */
  describe?(view: ViewSpec): void;
}

/** The views of one notebook that are on the page. */
export class Sinks {
  readonly #visible = new Map<LiveSink, boolean>();

  get size(): number {
    return this.#visible.size;
  }

  /** How many of them can be seen. */
  get inSight(): number {
    return [...this.#visible.values()].filter(Boolean).length;
  }

  /** The longest that a picture took, milliseconds. */
  get slowestPaint(): number {
    return Math.max(0, ...[...this.#visible.keys()].map(sink => sink.paintMs));
  }

  add(sink: LiveSink): void {
    this.#visible.set(sink, false);
  }

  delete(sink: LiveSink): void {
    this.#visible.delete(sink);
  }

  clear(): void {
    this.#visible.clear();
  }

  /** Whether anything changed by that. */
  setVisible(sink: LiveSink, visible: boolean): boolean {
    if (!this.#visible.has(sink) || this.#visible.get(sink) === visible) return false;
    this.#visible.set(sink, visible);
    return true;
  }

  /** Ids of the views that can be seen and may still change. */
  watched(): string[] {
    const ids = [...this.#visible].flatMap(([sink, visible]) =>
      visible && sink.wantsFrames ? [sink.id] : []
    );
    return [...new Set(ids)];
  }

  of(id: string): LiveSink[] {
    return [...this.#visible.keys()].filter(sink => sink.id === id);
  }

  /** Tells all views that may still change. */
  connect(connection: Connection): void {
    for (const sink of [...this.#visible.keys()]) if (sink.wantsFrames) sink.connect(connection);
  }

  /** Gives whether any of them wants frames again. */
  revive(running: ReadonlyMap<string, number>): boolean {
    const revived = [...this.#visible.keys()].filter(sink => sink.revive?.(running) === true);
    return revived.length > 0;
  }

  /** The kernel has said which of the watched views it knows. */
  known(views: readonly ViewSpec[], unknown: ReadonlySet<string>): void {
    for (const view of views) for (const sink of this.of(view.id)) sink.describe?.(view);
    for (const [sink, visible] of [...this.#visible]) {
      if (unknown.has(sink.id)) sink.connect('unknown');
      else if (visible && sink.wantsFrames) sink.connect('connected');
    }
  }
}
