/**
 * Takes the pictures of the README from the running tutorial, light and dark:
 * `node --import tsx ui-tests/screenshots.ts`, with HEADRACE_TEST_LAB and HEADRACE_TEST_CHROMIUM set as
 * for the tests in this folder. It runs the copy of the tutorial there, and cleans up after itself.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { until } from './support/until.ts';

const NOTEBOOK = '01-word-count.ipynb';
const CLEAN_UP = '%stop --all --purge';
const PRODUCE = '%produce data/the-mill.txt';
const STREAM = '%stream wordcount --topic words --as counts --top 15';
const LIMIT_MS = 300_000;
/** 95th percentile of the latency, milliseconds, of a query whose start is over. */
const WARM_MS = 250;
const PICTURE = { viewport: { width: 1120, height: 760 }, deviceScaleFactor: 1.5 };
const THEMES = [
  { theme: 'JupyterLab Light', file: 'word-count-light.png' },
  { theme: 'JupyterLab Dark', file: 'word-count-dark.png' }
];

const environment = testEnvironment(process.env);
const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
await mkdir(images, { recursive: true });
const notebook = await NotebookPage.open(environment, NOTEBOOK, { look: PICTURE });
try {
  await takePictures();
} finally {
  await notebook.cleanUp(LIMIT_MS);
  await notebook.close();
}

async function takePictures(): Promise<void> {
  const panel = new LiveViewPanel(notebook.page);
  await notebook.select(CLEAN_UP);
  await notebook.page.keyboard.press('Control+b');
  await notebook.menu('Run', 'Run All Above Selected Cell');
  await notebook.ended('row = totals.first()', LIMIT_MS);
  await notebook.run(PRODUCE, LIMIT_MS);
  for (const { theme, file } of THEMES) {
    await notebook.setTheme(theme);
    await notebook.cell(STREAM).evaluate(scrollToTop);
    await until('a warm query', LIMIT_MS, () => panel.figure('Latency'), isWarm);
    await notebook.page.screenshot({ path: path.join(images, file) });
  }
}

/** `70 ms · p95 95 ms` */
function isWarm(latency: string): boolean {
  return Number(/p95 ([\d,]+) ms/.exec(latency)?.[1]?.replaceAll(',', '')) < WARM_MS;
}

/** Runs in the page. */
function scrollToTop(cell: { scrollIntoView(options: { block: 'start' }): void }): void {
  cell.scrollIntoView({ block: 'start' });
}
