import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { z } from 'zod';
import { driveSchema, paceSchema } from '../page/contract.ts';
import type { Drive, Pace, Panel } from '../page/contract.ts';
import type { PageFiles } from './bundle.ts';

const ADDRESS = 'http://localhost/';
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--js-flags=--expose-gc'];
const VIEWPORT = { width: 1240, height: 1400 };
const MIME: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript'
};
/** The second collection takes what finalizers of the first let go. */
const COLLECTIONS = 3;

/** Counters of the page's process; https://chromedevtools.github.io/devtools-protocol/tot/Performance/ */
export interface PageCounters {
  /** Time that the main thread has been busy, milliseconds. */
  readonly busyMs: number;
  /** Bytes of JavaScript objects. */
  readonly heap: number;
  /** DOM nodes. */
  readonly nodes: number;
}

const metricsSchema = z.record(z.string(), z.number());

/** A Chromium with the measured page. Close it. */
export class BenchPage {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #devTools: CDPSession;

  private constructor(browser: Browser, page: Page, devTools: CDPSession) {
    this.#browser = browser;
    this.#page = page;
    this.#devTools = devTools;
  }

  /** A fresh browser, so that no measurement inherits the memory of another. `program` is a Chromium. */
  static async open(
    program: string,
    files: PageFiles,
    viewport: typeof VIEWPORT = VIEWPORT
  ): Promise<BenchPage> {
    const browser = await chromium.launch({ executablePath: program, args: ARGUMENTS });
    try {
      const page = await browser.newPage({ viewport });
      await serve(page, files);
      const devTools = await page.context().newCDPSession(page);
      await devTools.send('Performance.enable');
      return new BenchPage(browser, page, devTools);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  mount(panels: readonly Panel[], columns: number): Promise<unknown> {
    return this.#call('mount', panels, columns);
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
    const { metrics } = await this.#devTools.send('Performance.getMetrics');
    const all = metricsSchema.parse(
      Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
    );
    const { TaskDuration = Number.NaN, JSHeapUsedSize = Number.NaN, Nodes = Number.NaN } = all;
    return { busyMs: TaskDuration * 1_000, heap: JSHeapUsedSize, nodes: Nodes };
  }

  /** Counters after everything that nothing refers to has been freed. */
  async collected(): Promise<PageCounters> {
    for (let round = 0; round < COLLECTIONS; round += 1)
      await this.#devTools.send('HeapProfiler.collectGarbage');
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
