import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { z } from 'zod';
import { driveSchema, paceSchema } from '../page/contract.ts';
import type { Drive, Pace, Panel, Placing, Size } from '../page/contract.ts';
import type { PageFiles } from './bundle.ts';

const ADDRESS = 'http://localhost/';
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--js-flags=--expose-gc'];
const MIME: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript'
};
/** The second collection takes what finalizers of the first let go. */
const COLLECTIONS = 3;

/** Counters of the page's process; https://chromedevtools.github.io/devtools-protocol/tot/Performance/ */
export interface PageCounters {
  /** Time that tasks of the main thread took, by the clock: waits for a core or for the compositor count. Milliseconds. */
  readonly busyMs: number;
  /** Time that the main thread computed, milliseconds. */
  readonly cpuMs: number;
  /** Bytes of JavaScript objects. */
  readonly heap: number;
  /** DOM nodes. */
  readonly nodes: number;
}

/** What a Chromium for a measurement is opened with. */
export interface PageSetting {
  /** Chromium. */
  readonly program: string;
  readonly files: PageFiles;
  readonly signal: AbortSignal;
}

/** A page of its own for some work, so that no measurement inherits the memory of another. */
export async function withBenchPage<T>(
  { program, files, signal }: PageSetting,
  viewport: Size,
  work: (page: BenchPage) => Promise<T>
): Promise<T> {
  signal.throwIfAborted();
  const page = await BenchPage.open(program, files, viewport);
  const close = (): void => void page.close();
  signal.addEventListener('abort', close);
  try {
    return await work(page);
  } finally {
    signal.removeEventListener('abort', close);
    await page.close();
  }
}

/** A Chromium with the measured page. Close it. */
export class BenchPage {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #byClock: CDPSession;
  readonly #byThread: CDPSession;

  private constructor(browser: Browser, page: Page, byClock: CDPSession, byThread: CDPSession) {
    this.#browser = browser;
    this.#page = page;
    this.#byClock = byClock;
    this.#byThread = byThread;
  }

  static async open(program: string, files: PageFiles, viewport: Size): Promise<BenchPage> {
    const browser = await chromium.launch({ executablePath: program, args: ARGUMENTS });
    try {
      const page = await browser.newPage({ viewport });
      await serve(page, files);
      const [byClock, byThread] = [await devTools(page), await devTools(page)];
      await byClock.send('Performance.enable', { timeDomain: 'timeTicks' });
      await byThread.send('Performance.enable', { timeDomain: 'threadTicks' });
      return new BenchPage(browser, page, byClock, byThread);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  mount(panels: readonly Panel[], placing: Placing): Promise<unknown> {
    return this.#call('mount', panels, placing);
  }

  async time(count: number, everyMs: number): Promise<readonly number[]> {
    return z.array(z.number()).parse(await this.#call('time', count, everyMs));
  }

  async pace(everyMs: number, forMs: number): Promise<Pace> {
    return paceSchema.parse(await this.#call('pace', everyMs, forMs));
  }

  async drive(updates: number, limitMs: number): Promise<Drive> {
    return driveSchema.parse(await this.#call('drive', updates, limitMs));
  }

  async counters(): Promise<PageCounters> {
    const clock = await metrics(this.#byClock);
    const thread = await metrics(this.#byThread);
    return {
      busyMs: clock('TaskDuration') * 1_000,
      cpuMs: thread('TaskDuration') * 1_000,
      heap: clock('JSHeapUsedSize'),
      nodes: clock('Nodes')
    };
  }

  /** Nothing arrives for so long. */
  async rest(ms: number): Promise<void> {
    await this.#page.waitForTimeout(ms);
  }

  /** Shares of the time in which the main thread was busy, and computed, while some work went on. */
  async busyWhile<T>(work: () => Promise<T>): Promise<{ busy: number; cpu: number; result: T }> {
    const startedAt = performance.now();
    const before = await this.counters();
    const result = await work();
    const after = await this.counters();
    const ms = performance.now() - startedAt;
    return {
      busy: (after.busyMs - before.busyMs) / ms,
      cpu: (after.cpuMs - before.cpuMs) / ms,
      result
    };
  }

  /** Counters after everything that nothing refers to has been freed. */
  async collected(): Promise<PageCounters> {
    for (let round = 0; round < COLLECTIONS; round += 1)
      await this.#byClock.send('HeapProfiler.collectGarbage');
    return this.counters();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  #call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    const list = args.map(argument => JSON.stringify(argument)).join();
    return this.#page.evaluate(`window.headraceBench.${name}(${list})`);
  }
}

function devTools(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

async function metrics(session: CDPSession): Promise<(name: string) => number> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  return name => all.find(metric => metric.name === name)?.value ?? Number.NaN;
}

/** Answers from memory: a worker needs an address, and nothing has to listen for it. */
async function serve(page: Page, files: PageFiles): Promise<void> {
  await page.route(`${ADDRESS}**`, route => {
    const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    const body = files[name];
    return body === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ body, contentType: MIME[name.split('.').at(-1) ?? ''] ?? 'text/plain' });
  });
  await page.goto(ADDRESS);
}
