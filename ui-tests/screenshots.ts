/**
 * Takes the pictures of the docs from running streams and a plan, light and dark: `npm run screenshots`. It runs the
 * copy of the tutorial and a notebook of its own in the folder of the tests' JupyterLab.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeAwsPictures } from './support/aws-pictures.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import { cellErrors, writeNotebook } from './support/notebook-file.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { PICTURED, pictureCells } from './support/pictured-views.ts';
import { firstLine } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const LIMIT_MS = 300_000;
/** 95th percentile of the latency, milliseconds, of a query whose start is over. */
const WARM_MS = 250;
/** Visits that fill the minute which lines and heat map show. */
const ENOUGH_VISITS = 2_600;
const VIEWS = 'pictured.ipynb';
const STORY = '01-word-count.ipynb';
const SPLASH = '#jupyterlab-splash';
const STORY_STREAM = '%stream wordcount --topic words --as counts --top 15';
const PAGE = { viewport: { width: 1120, height: 760 }, deviceScaleFactor: 1.5 };
const THEMES = [
  { theme: 'JupyterLab Light', name: 'light' },
  { theme: 'JupyterLab Dark', name: 'dark' }
] as const;

const environment = testEnvironment(process.env);
const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
await mkdir(path.join(images, 'views'), { recursive: true });
await takeViews();
await takeStory();
await takeAwsPictures(environment, images, THEMES);

/** One picture a kind and theme. */
async function takeViews(): Promise<void> {
  const file = await writeNotebook(environment.lab.root, VIEWS, pictureCells());
  const notebook = await NotebookPage.open(environment, VIEWS, { look: PAGE });
  try {
    for (const source of pictureCells()) await notebook.run(firstLine(source), LIMIT_MS);
    await notebook.save();
    const faults = await cellErrors(file);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    const visits = new LiveViewPanel(notebook.page, PICTURED.table);
    await visits.show();
    await until(
      'enough visits',
      LIMIT_MS,
      () => visits.count('Rows'),
      rows => rows > ENOUGH_VISITS
    );
    for (const { theme, name } of THEMES) {
      await notebook.setTheme(theme);
      for (const [kind, title] of Object.entries(PICTURED))
        await takeView(new LiveViewPanel(notebook.page, title), `views/${kind}-${name}.png`);
    }
  } finally {
    await notebook.close();
  }
}

async function takeView(panel: LiveViewPanel, file: string): Promise<void> {
  await panel.becomes('live', LIMIT_MS);
  await until('a warm query', LIMIT_MS, () => panel.figure('Latency'), isWarm);
  // A few frames after the change of the theme, and the strip of figures.
  await panel.draws(8, LIMIT_MS);
  await panel.region.page().mouse.move(0, 0);
  await panel.region.screenshot({ path: path.join(images, file), animations: 'disabled' });
}

/** The tutorial as the README shows it. */
async function takeStory(): Promise<void> {
  const notebook = await NotebookPage.open(environment, STORY, { look: PAGE });
  try {
    await notebook.select('%stop --all --purge');
    await notebook.page.keyboard.press('Control+b');
    await notebook.menu('Run', 'Run All Above Selected Cell');
    await notebook.ended('row = totals.first()', LIMIT_MS);
    await notebook.run('%produce data/the-mill.txt', LIMIT_MS);
    const panel = new LiveViewPanel(notebook.page);
    for (const { theme, name } of THEMES) {
      await notebook.setTheme(theme);
      await notebook.cell(STORY_STREAM).evaluate(scrollToTop);
      await until('a warm query', LIMIT_MS, () => panel.figure('Latency'), isWarm);
      // JupyterLab covers the page while it loads the sheets of a theme; frames are drawn below.
      await panel.draws(8, LIMIT_MS);
      await notebook.page.locator(SPLASH).waitFor({ state: 'detached' });
      await notebook.page.screenshot({ path: path.join(images, `word-count-${name}.png`) });
    }
  } finally {
    await notebook.cleanUp(LIMIT_MS);
    await notebook.close();
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
