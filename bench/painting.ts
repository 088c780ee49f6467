import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { projectFiles } from '../src/setup/project.ts';
import { startLab } from '../src/setup/start/lab-server.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import { wordSource } from './word-source.ts';
import type { Workbench } from './workbench.ts';

const TOPIC = 'bench-painted';
const WARM_UP_SECONDS = 10;
const NOTEBOOK = 'painted.ipynb';
const CELLS = ['%provision local', `%stream wordcount --topic ${TOPIC} --as painted --top 20`];
/** A first session and a first query, on a machine that does other things too. */
const LIVE_LIMIT_MS = 180_000;

/** A frame on the screen: newest produce time in it, and when it was painted. */
interface PaintedFrame {
  readonly newest: number;
  readonly paintedAt: number;
}

export interface PaintingOptions {
  readonly rate: number;
  readonly seconds: number;
  /** Chromium. */
  readonly program: string;
}

/** Produce to painted, in JupyterLab in a real Chromium, milliseconds; every millisecond of the run counts alike. */
export async function measurePainting(
  options: PaintingOptions,
  bench: Workbench
): Promise<Distribution> {
  const { kafka, signal } = bench;
  await kafka.admin.createTopics([{ name: TOPIC, partitions: 2 }], signal);
  const root = await mkdtemp(path.join(os.tmpdir(), 'headrace-bench-lab-'));
  try {
    await writeNotebook(path.join(root, NOTEBOOK));
    return await inBrowser(root, options, bench);
  } finally {
    await rm(root, { recursive: true, force: true });
    await kafka.admin.deleteTopics([TOPIC], signal);
  }
}

async function inBrowser(
  root: string,
  options: PaintingOptions,
  bench: Workbench
): Promise<Distribution> {
  const { clock, environment, signal } = bench;
  const lab = await startLab(
    {
      python: environment.python,
      env: process.env,
      root,
      notebook: null,
      openBrowser: false,
      logFile: path.join(projectFiles().root, 'build/bench-logs/jupyterlab.log'),
      clock
    },
    signal
  );
  const browser = await chromium.launch({
    executablePath: options.program,
    args: ['--no-sandbox', '--disable-dev-shm-usage']
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${lab.url}lab/tree/${NOTEBOOK}?token=${lab.token}`);
    await runAllCells(page);
    const view = page.locator('[data-event-time]').first();
    await view.waitFor({ timeout: LIVE_LIMIT_MS });
    await recordFrames(page);
    await produceWords(options, bench);
    return waitingTimes(await page.evaluate('window.headraceFrames'));
  } finally {
    await browser.close();
    await lab.stop();
  }
}

async function runAllCells(page: Page): Promise<void> {
  await page.getByText('Headrace (PySpark)').first().waitFor({ timeout: LIVE_LIMIT_MS });
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
}

/**
 * The view writes the newest input time into an attribute when it has drawn; the frame is on the screen
 * after the next animation frame and the task that follows it.
 */
async function recordFrames(page: Page): Promise<void> {
  await page.evaluate(`
    window.headraceFrames = [];
    new MutationObserver(changes => {
      for (const { target } of changes) {
        const newest = Number(target.getAttribute('data-event-time'));
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.headraceFrames.push({ newest, paintedAt: Date.now() });
          port2.postMessage(null);
        });
      }
    }).observe(document.body, { subtree: true, attributeFilter: ['data-event-time'] });
  `);
}

async function produceWords(options: PaintingOptions, bench: Workbench): Promise<void> {
  const { clock, producers, signal } = bench;
  const total = options.rate * (options.seconds + WARM_UP_SECONDS);
  const source = wordSource({ total, clock });
  const run = await producers.start({
    name: 'bench_painted',
    topic: TOPIC,
    source,
    rate: options.rate
  });
  await run.finished;
  // The last records need a frame too.
  await clock.sleep(1_000, signal);
}

/** A record of any millisecond waits for the first painted frame that reaches so far. */
export function waitingTimes(frames: readonly PaintedFrame[]): Distribution {
  const waits: number[] = [];
  const start = (frames[0]?.newest ?? 0) + WARM_UP_SECONDS * 1_000;
  let covered = start;
  for (const { newest, paintedAt } of frames) {
    for (let time = covered + 1; time <= newest; time += 1) waits.push(paintedAt - time);
    covered = Math.max(covered, newest);
  }
  return distribution(waits);
}

async function writeNotebook(file: string): Promise<void> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'headrace', display_name: 'Headrace (PySpark)', language: 'python' }
    },
    cells: CELLS.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      source,
      metadata: {},
      execution_count: null,
      outputs: []
    }))
  };
  await writeFile(file, JSON.stringify(notebook));
}
