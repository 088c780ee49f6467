import { DEFAULT_TICK_MS } from '../../src/shared/live-protocol.ts';
import { benchFrame } from './frames.ts';
import type { BenchKind } from './contract.ts';

/** What the page tells its feed. */
export type FeedOrder =
  /** The views of the messages from now on, by id. */
  | { readonly type: 'views'; readonly kinds: Readonly<Record<string, BenchKind>> }
  /** One message, now. */
  | { readonly type: 'one' }
  /** A message every so many milliseconds. */
  | { readonly type: 'start'; readonly everyMs: number }
  | { readonly type: 'stop' };

/** Makes messages as a kernel does, as text, outside the main thread that is measured. */
class Feed {
  #kinds: Readonly<Record<string, BenchKind>> = {};
  #seq = 0;
  #timer = 0;

  obey(order: FeedOrder): void {
    if (order.type === 'views') this.#kinds = order.kinds;
    else if (order.type === 'one') this.#send();
    else if (order.type === 'start') this.#start(order.everyMs);
    else self.clearInterval(this.#timer);
  }

  #start(everyMs = DEFAULT_TICK_MS): void {
    self.clearInterval(this.#timer);
    this.#timer = self.setInterval(() => this.#send(), everyMs);
  }

  #send(): void {
    const at = Date.now();
    this.#seq += 1;
    const views = Object.fromEntries(
      Object.entries(this.#kinds).map(([id, kind]) => [id, benchFrame(kind, this.#seq, at)])
    );
    self.postMessage(JSON.stringify({ type: 'frame', seq: this.#seq, at, views }));
  }
}

const feed = new Feed();
self.onmessage = ({ data }: MessageEvent<FeedOrder>) => feed.obey(data);
