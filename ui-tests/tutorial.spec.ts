import assert from 'node:assert/strict';
import { copyFile, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MAX_SNAPSHOT_BYTES } from '../src/shared/saved/fit-snapshot.ts';
import { VIEW_MIME } from '../src/shared/names.ts';
import { DARK_THEME, LIGHT_THEME } from '../src/shared/vega/theme.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel, parseCount, tableRows } from './support/live-view.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { until } from './support/until.ts';
import { expectedCounts } from './support/words.ts';

const NOTEBOOK = 'tutorial-under-test.ipynb';
const PRODUCE = '%produce data/the-mill.txt';
const SQL = '%sql SELECT word, n FROM counts';
const CLEAN_UP = '%stop --all --purge';
/** The first Spark session of a slow machine, and everything after it. */
const SESSION_MS = 300_000;
const STORY_MS = 180_000;

describe('tutorial in JupyterLab', { timeout: 1_200_000 }, () => {
  const environment = testEnvironment(process.env);
  const { root } = environment.lab;
  const file = path.join(root, NOTEBOOK);
  let notebook: NotebookPage;
  let panel: LiveViewPanel;

  before(async () => {
    await copyFile(path.join(root, '01-word-count.ipynb'), file);
    notebook = await NotebookPage.open(environment, NOTEBOOK);
    panel = new LiveViewPanel(notebook.page);
  });

  after(async () => {
    await notebook.cleanUp(SESSION_MS);
    await notebook.close();
  });

  /** Waits until the panel shows what a count without Spark gives. */
  async function showsCounts(stories: number): Promise<void> {
    const expected = await expectedCounts(root, stories);
    await panel.show();
    const total = async (): Promise<number> => parseCount(await panel.figure('Keys'));
    await until('all words in the panel', STORY_MS, total, keys => keys === expected.size);
    const right = (bars: readonly [string, number][]): boolean =>
      bars.length === 15 && bars.every(([word, n]) => expected.get(word) === n);
    await until(
      'right counts in the panel',
      STORY_MS,
      async () => [...(await panel.bars())],
      right
    );
  }

  it('runs all cells, and the bars move while the story comes in', async () => {
    await notebook.select(CLEAN_UP);
    await notebook.menu('Run', 'Run All Above Selected Cell');
    await panel.region.waitFor({ timeout: SESSION_MS });
    await panel.show();
    const first = await panel.grows(0, SESSION_MS);
    await panel.becomes('live', SESSION_MS);
    await panel.grows(first, STORY_MS);
  });

  it('shows what a count without Spark gives, and SQL says the same', async () => {
    await notebook.ended('row = totals.first()', SESSION_MS);
    await showsCounts(1);
    const answer = await tableRows(notebook.cell(SQL).getByRole('table'));
    const fromSql = new Map(answer.map(([word = '', n = '']) => [word, parseCount(n)]));
    assert.equal(fromSql.size, 15);
    const bars = await panel.bars();
    for (const [word, n] of bars) if (fromSql.has(word)) assert.equal(fromSql.get(word), n);
    assert.deepEqual([...fromSql.values()], [...bars.values()]);
  });

  it('shows the same rows as a table that can be read', async () => {
    await panel.show();
    const bars = await panel.bars();
    await panel.button('Table').click();
    const rows = await until(
      'rows',
      10_000,
      () => panel.rows(),
      ({ length }) => length === 15
    );
    assert.deepEqual(
      rows.map(([word, n = '']) => [word, parseCount(n)]),
      [...bars]
    );
    assert.deepEqual(await panel.region.getByRole('columnheader').allInnerTexts(), ['word', 'n']);
    await panel.button('Chart').click();
    await panel.grows(0, 10_000);
  });

  it('saves one picture a view, and neither grows nor gets dirty while the stream runs', async () => {
    await notebook.save();
    const before = await outputSizes(file);
    assert.ok(before.length >= 1);
    for (const size of before) assert.ok(size <= MAX_SNAPSHOT_BYTES, `${size} bytes`);
    await notebook.run(PRODUCE, 60_000);
    await notebook.save();
    const saved = (await stat(file)).size;
    await panel.show();
    const first = await panel.sum();
    await panel.grows(first + 20, STORY_MS);
    assert.equal(await notebook.isDirty(), false);
    assert.equal((await stat(file)).size, saved);
  });

  it('holds the picture in a pause, counts what is missed, and goes on', async () => {
    await panel.button('Pause').click();
    await panel.becomes('paused', 5_000);
    const held = await panel.bars();
    await panel.region
      .getByText(/^\+[1-9][\d,]* rows$/)
      .first()
      .waitFor({ timeout: STORY_MS });
    assert.deepEqual(await panel.bars(), held);
    await panel.button('Resume').click();
    const sum = [...held.values()].reduce((total, n) => total + n, 0);
    await panel.grows(sum, 10_000);
  });

  it('comes back live after a reload, with nothing lost', async () => {
    await notebook.reload();
    await panel.region.waitFor({ timeout: 60_000 });
    await panel.show();
    await panel.becomes('live', 60_000);
    await showsCounts(2);
  });

  it('draws in the colours of the theme', async () => {
    const fill = async (): Promise<string | null> =>
      panel.region.locator('[aria-roledescription="bar"]').first().getAttribute('fill');
    for (const [name, theme] of [
      ['JupyterLab Dark', DARK_THEME],
      ['JupyterLab Light', LIGHT_THEME]
    ] as const) {
      await notebook.setTheme(name);
      await panel.show();
      await until(`bars in ${name}`, 20_000, fill, color => color === theme.mark);
    }
  });

  it('can be used from the keyboard, and is read aloud as a figure', async () => {
    const { keyboard } = notebook.page;
    const focused = notebook.page.locator(':focus');
    await panel.button('Pause').focus();
    await keyboard.press('Enter');
    await panel.becomes('paused', 5_000);
    await keyboard.press('Space');
    await panel.becomes('live', 5_000);
    for (const name of ['Table', 'Open beside', 'Export', 'Stop']) {
      await keyboard.press('ArrowRight');
      assert.equal(await focused.getAttribute('aria-label'), name);
    }
    const label = await panel.region.getByRole('figure').getAttribute('aria-label');
    assert.match(label ?? '', /the \d+; .* in all\.$/);
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});

/** Bytes of each saved output that holds a view. */
async function outputSizes(file: string): Promise<number[]> {
  const sizes: number[] = [];
  JSON.parse(await readFile(file, 'utf8'), (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && VIEW_MIME in value)
      sizes.push(Buffer.byteLength(JSON.stringify(value)));
    return value;
  });
  return sizes;
}
