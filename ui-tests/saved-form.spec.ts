import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { VIEW_MIME } from '../src/shared/names.ts';
import { viewSnapshotSchema } from '../src/shared/view.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import { savedOutputs } from './support/notebook-file.ts';
import type { NotebookPage } from './support/notebook-page.ts';
import { openSharedStreams, SHARED, TITLES } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const run = promisify(execFile);
const SHORT_MS = 30_000;
const PNG_START = 'iVBORw0KGgo';
/** Year, month and day, or a clock. */
const STAMP = /\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}:\d{2}/;

describe('a saved view', { timeout: 400_000 }, () => {
  const environment = testEnvironment(process.env);
  const { root } = environment.lab;
  const python = process.env['HEADRACE_TEST_PYTHON'] ?? '';
  let notebook: NotebookPage;

  before(async () => {
    notebook = await openSharedStreams(environment);
    for (const title of Object.values(TITLES)) {
      const panel = new LiveViewPanel(notebook.page, title);
      await panel.goesLive();
      await panel.draws(3);
    }
    await notebook.save();
  });
  after(() => notebook.close());

  it('has in the file its data, a picture, and a text with its stamp', async () => {
    const outputs = (await savedOutputs(path.join(root, SHARED))).filter(
      ({ data }) => VIEW_MIME in data
    );
    const titles = outputs.map(({ data }) => viewSnapshotSchema.parse(data[VIEW_MIME]).view.title);
    for (const title of Object.values(TITLES)) assert.ok(titles.includes(title), title);
    for (const { data } of outputs) {
      const { view, frame } = viewSnapshotSchema.parse(data[VIEW_MIME]);
      if (frame.total === 0) continue;
      assert.ok(String(data['image/png']).startsWith(PNG_START), `${view.title}: no picture`);
      assert.match(String(data['text/plain']), STAMP, view.title);
    }
  });

  it('is a picture in the page that nbconvert makes, and loads nothing', async () => {
    const html = path.join(root, 'converted.html');
    await run(python, [
      '-m',
      'nbconvert',
      '--to',
      'html',
      '--output',
      html,
      path.join(root, SHARED)
    ]);
    const page = await notebook.context.newPage();
    await page.goto(pathToFileURL(html).href, { waitUntil: 'commit' });
    const pictures = page.locator('img[src^="data:image/png"]');
    await until(
      'a picture of each view',
      SHORT_MS,
      () => pictures.count(),
      count => count >= Object.keys(TITLES).length
    );
    await page.close();
  });

  it('is a text where nothing else can be shown', async () => {
    const file = path.join(root, 'converted.md');
    await run(python, [
      '-m',
      'nbconvert',
      '--to',
      'markdown',
      '--NbConvertBase.display_data_priority=text/plain',
      '--output',
      file,
      path.join(root, SHARED)
    ]);
    const text = await readFile(file, 'utf8');
    for (const title of Object.values(TITLES)) assert.ok(text.includes(title), title);
  });
});
