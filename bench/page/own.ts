import { LiveClient } from '../../src/extension/link/live-client.ts';
import type { LiveCommHandlers } from '../../src/extension/link/live-comm.ts';
import { element } from '../../src/panels/dom.ts';
import { LiveView } from '../../src/panels/live-view.ts';
import type { Timers } from '../../src/panels/timers.ts';
import type { Translate } from '../../src/panels/translate.ts';
import type { ClientMessage } from '../../src/shared/live-protocol.ts';
import type { ViewSpec } from '../../src/shared/view.ts';
import { benchFrame } from './frames.ts';
import type { BenchKind } from './contract.ts';
import { PaintCount, type FeedMessage, type Receiver, type Subject } from './subject.ts';

/** As a dashboard places it. */
function inTile(view: HTMLElement): HTMLElement {
  const place = element('div', 'jp-HeadraceTile-view', {}, view);
  return element('div', 'jp-HeadraceTile', {}, place);
}

const english: Translate = {
  __: (text, ...values) => filled(text, values),
  _n: (one, many, count, ...values) => filled(count === 1 ? one : many, [count, ...values])
};

function filled(text: string, values: readonly unknown[]): string {
  return text.replace(/%(\d)/g, (_, index: string) => String(values[Number(index) - 1]));
}

/** The product's own views behind its own client, with a comm that ends in this page. */
export class OwnReceiver implements Receiver {
  readonly subjects: readonly Subject[];
  readonly #client: LiveClient;
  readonly #ids: readonly string[];
  #watchesAll: () => void = () => undefined;
  readonly #ready = new Promise<void>(resolve => (this.#watchesAll = resolve));
  #handlers: LiveCommHandlers | null = null;

  constructor(views: readonly ViewSpec[], tiled: boolean, timers: Timers) {
    this.#client = new LiveClient({
      open: handlers => {
        this.#handlers = handlers;
        return {
          isDisposed: false,
          send: message => this.#hear(message),
          dispose: () => undefined
        };
      },
      hasKernel: () => true,
      timers,
      tickMs: () => 100
    });
    this.#ids = views.map(({ id }) => id);
    this.subjects = views.map(view => new OwnSubject(view, this.#client, tiled, timers));
  }

  /** All views can be seen, and the comm is open: what is sent before is for nobody. */
  ready(): Promise<void> {
    return this.#ready;
  }

  receive(message: FeedMessage): void {
    this.#handlers?.message(message);
  }

  #hear(message: ClientMessage): void {
    if (message.type === 'watch' && message.views.length === this.#ids.length) this.#watchesAll();
  }

  dispose(): void {
    for (const subject of this.subjects) subject.dispose();
    this.#client.dispose();
  }
}

class OwnSubject implements Subject {
  readonly node: HTMLElement;
  readonly #live: LiveView;
  readonly #count = new PaintCount();
  readonly #leave: () => void;

  constructor(view: ViewSpec, client: LiveClient, tiled: boolean, timers: Timers) {
    const live: LiveView = new LiveView({
      snapshot: {
        version: 1,
        view,
        frame: benchFrame(view.kind as BenchKind, 0, timers.now()),
        seq: 0,
        savedAt: timers.now(),
        final: false
      },
      timers,
      trans: english,
      asTable: false,
      source: null,
      openPanel: null,
      fills: tiled,
      viewsInSight: () => client.viewsInSight,
      onVisible: visible => client.setVisible(live, visible),
      onPainted: () => this.#count.add(),
      onFinal: () => undefined
    });
    this.#live = live;
    this.node = tiled ? inTile(live.node) : live.node;
    this.#leave = client.add(live);
    // The node is on the page when its observers first run.
    queueMicrotask(() => live.attach());
  }

  get painted(): number {
    return this.#count.count;
  }

  nextPaint(): Promise<void> {
    return this.#count.next();
  }

  dispose(): void {
    this.#leave();
    this.#live.dispose();
    this.node.remove();
  }
}
