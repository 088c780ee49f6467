import type { Timers } from '../../src/panels/timers.ts';
import type { ViewFrame, ViewSpec } from '../../src/shared/view.ts';
import type { Size } from './contract.ts';
import { PaintCount, type FeedMessage, type Receiver, type Subject } from './subject.ts';

/** How another library draws one panel. */
export interface PeerChart {
  /** Draws a state; resolves when it has been drawn. */
  draw(frame: ViewFrame): Promise<void> | void;
  dispose(): void;
}

/** In a tile it draws what fits there. */
export type MakePeer = (node: HTMLElement, view: ViewSpec, tile: Size | null) => PeerChart;

/** Panels of another library: the newest state in the next frame of the page, as ours. */
export class PeerReceiver implements Receiver {
  readonly subjects: readonly PeerSubject[];

  constructor(views: readonly ViewSpec[], make: MakePeer, tile: Size | null, timers: Timers) {
    this.subjects = views.map(
      view => new PeerSubject(view, node => make(node, view, tile), timers)
    );
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  receive({ views }: FeedMessage): void {
    for (const subject of this.subjects) {
      const frame = views[subject.id];
      if (frame !== undefined) subject.offer(frame);
    }
  }

  dispose(): void {
    for (const subject of this.subjects) subject.dispose();
  }
}

class PeerSubject implements Subject {
  readonly id: string;
  readonly node = document.createElement('div');
  readonly #make: () => PeerChart;
  readonly #timers: Timers;
  readonly #count = new PaintCount();
  #chart: PeerChart | null = null;
  #waiting: ViewFrame | null = null;
  #busy = false;
  #disposed = false;

  constructor(view: ViewSpec, make: (node: HTMLElement) => PeerChart, timers: Timers) {
    this.id = view.id;
    this.#timers = timers;
    this.#make = () => make(this.node);
  }

  get painted(): number {
    return this.#count.count;
  }

  nextPaint(): Promise<void> {
    return this.#count.next();
  }

  offer(frame: ViewFrame): void {
    this.#waiting = frame;
    this.#schedule();
  }

  dispose(): void {
    this.#disposed = true;
    this.#chart?.dispose();
    this.node.remove();
  }

  #schedule(): void {
    if (this.#busy || this.#waiting === null || this.#disposed) return;
    this.#busy = true;
    this.#timers.nextFrame(() => void this.#draw());
  }

  async #draw(): Promise<void> {
    const frame = this.#waiting;
    this.#waiting = null;
    if (frame === null || this.#disposed) return;
    this.#chart ??= this.#make();
    await this.#chart.draw(frame);
    this.#busy = false;
    this.#count.add();
    this.#schedule();
  }
}
