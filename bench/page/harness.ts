import { pageTimers } from '../../src/panels/page-timers.ts';
import type { Timers } from '../../src/panels/timers.ts';
import type { ViewSpec } from '../../src/shared/view.ts';
import type { BenchKind, Drawer, Drive, Pace, PageApi, Panel, Placing, Size } from './contract.ts';
import { echart } from './echarts-chart.ts';
import type { Feed } from './feed.ts';
import { OwnReceiver } from './own.ts';
import { PeerReceiver } from './peer.ts';
import { reEmbedded } from './re-embed.ts';
import type { FeedMessage, Receiver, Subject } from './subject.ts';
import { afterThisFrame, inATask, pause } from './turns.ts';
import { uplotChart } from './uplot-chart.ts';
import { benchView } from './views.ts';

/** The measured page: panels of any drawer, fed by one worker. */
export class Harness implements PageApi {
  readonly #feed: Feed;
  #receivers: readonly Receiver[] = [];
  #rushes = false;
  /** Frames of the page, or as fast as it goes while a run drives them. */
  readonly #timers: Timers = {
    ...pageTimers,
    nextFrame: call => (this.#rushes ? inATask(call) : pageTimers.nextFrame(call))
  };

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  async mount(panels: readonly Panel[], { columns, tile }: Placing): Promise<void> {
    this.unmount();
    const grid = document.createElement('main');
    grid.style.gridTemplateColumns = `repeat(${columns}, ${tile?.width ?? CELL_WIDTH}px)`;
    if (tile !== null) grid.style.gridAutoRows = `${tile.height}px`;
    const views = panels.map(({ kind, drawer }, index) => ({
      drawer,
      view: benchView(kind, `view-${index}`)
    }));
    this.#feed.setViews(Object.fromEntries(views.map(({ view }) => [view.id, kindOf(view)])));
    this.#receivers = [...new Set(panels.map(({ drawer }) => drawer))].map(drawer =>
      this.#receiver(
        drawer,
        views.filter(one => one.drawer === drawer).map(one => one.view),
        tile
      )
    );
    grid.append(...this.#subjects.map(({ node }) => node));
    document.body.append(grid);
    await Promise.all(this.#receivers.map(receiver => receiver.ready()));
    // Every drawer makes its chart with a first state; what comes then is updates.
    for (let round = 0; round < FIRST_STATES; round += 1) await this.#step();
  }

  async time(count: number, everyMs: number): Promise<readonly number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const message = parse(await this.#feed.one());
      times.push(await this.#timed(message));
      await pause(everyMs);
    }
    return times;
  }

  async pace(everyMs: number, forMs: number): Promise<Pace> {
    const before = this.#subjects.map(({ painted }) => painted);
    const startedAt = performance.now();
    let offered = 0;
    const stop = this.#feed.start(everyMs, text => {
      offered += 1;
      this.#receive(parse(text));
    });
    await pause(forMs);
    stop();
    const painted = this.#subjects.map((subject, index) => subject.painted - (before[index] ?? 0));
    return { ms: performance.now() - startedAt, offered, painted };
  }

  async drive(updates: number, limitMs: number): Promise<Drive> {
    const startedAt = performance.now();
    let done = 0;
    this.#rushes = true;
    while (done < updates && performance.now() - startedAt < limitMs) {
      await this.#step();
      done += this.#subjects.length;
    }
    this.#rushes = false;
    return { ms: performance.now() - startedAt, updates: done };
  }

  unmount(): void {
    for (const receiver of this.#receivers) receiver.dispose();
    this.#receivers = [];
    document.body.replaceChildren();
  }

  get #subjects(): readonly Subject[] {
    return this.#receivers.flatMap(({ subjects }) => subjects);
  }

  #receiver(drawer: Drawer, views: readonly ViewSpec[], tile: Size | null): Receiver {
    if (drawer === 'headrace') return new OwnReceiver(views, tile !== null, this.#timers);
    const makers = { 're-embed': reEmbedded, echarts: echart, uplot: uplotChart };
    return new PeerReceiver(views, makers[drawer], tile, this.#timers);
  }

  #receive(message: FeedMessage): void {
    for (const receiver of this.#receivers) receiver.receive(message);
  }

  /** One message, drawn by all. */
  async #step(): Promise<void> {
    const message = parse(await this.#feed.one());
    const drawn = this.#subjects.map(subject => subject.nextPaint());
    this.#receive(message);
    await Promise.all(drawn);
  }

  /** What the message costs when it arrives, and the frame that draws it. */
  async #timed(message: FeedMessage): Promise<number> {
    const drawn = Promise.all(this.#subjects.map(subject => subject.nextPaint()));
    // Asked for first, so that it starts before the callbacks of the panels in the same frame.
    const frame = afterThisFrame(drawn);
    const startedAt = performance.now();
    this.#receive(message);
    const receiving = performance.now() - startedAt;
    return receiving + (await frame);
  }
}

const FIRST_STATES = 3;
/** Width of a panel that is in no tile, pixels. */
const CELL_WIDTH = 600;

function kindOf(view: ViewSpec): BenchKind {
  return view.kind as BenchKind;
}

function parse(text: string): FeedMessage {
  return JSON.parse(text) as FeedMessage;
}
