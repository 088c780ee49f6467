import type { ViewFrame } from '../../src/shared/view.ts';

/** A message of the feed, as it comes out of JSON. */
export interface FeedMessage {
  readonly type: 'frame';
  readonly seq: number;
  readonly at: number;
  readonly views: Readonly<Record<string, ViewFrame>>;
}

/** One panel on the page that is measured, whoever draws it. */
export interface Subject {
  /** Where it draws. */
  readonly node: HTMLElement;
  /** States drawn so far. */
  readonly painted: number;
  /** Resolves when the next state has been drawn: in the frame whose callbacks run, not yet on the screen. */
  nextPaint(): Promise<void>;
  dispose(): void;
}

/** Takes what the feed sends, for all panels of one drawer. */
export interface Receiver {
  readonly subjects: readonly Subject[];
  /** Resolves when messages will be drawn. */
  ready(): Promise<void>;
  /** A message; what it leads to is drawn in the next frame of the page. */
  receive(message: FeedMessage): void;
  dispose(): void;
}

/** Counts states drawn and tells those who wait for one. */
export class PaintCount {
  #count = 0;
  #waiting: (() => void)[] = [];

  get count(): number {
    return this.#count;
  }

  add(): void {
    this.#count += 1;
    for (const tell of this.#waiting.splice(0)) tell();
  }

  next(): Promise<void> {
    return new Promise(resolve => this.#waiting.push(resolve));
  }
}
