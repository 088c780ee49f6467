import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import type { NotebookPage } from './support/notebook-page.ts';
import { openSharedStreams, SHARED, TITLES } from './support/shared-streams.ts';

const run = promisify(execFile);

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

  it('is a text in the notebook that nbconvert turns into lines', async () => {
    const file = path.join(root, 'converted.md');
    await run(python, [
      '-m',
      'nbconvert',
      '--to',
      'markdown',
      '--output',
      file,
      path.join(root, SHARED)
    ]);
    const text = await readFile(file, 'utf8');
    for (const title of Object.values(TITLES)) assert.ok(text.includes(title), title);
  });
});
