import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seriousFindings } from './support/axe.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel, tableRows } from './support/live-view.ts';
import { looksBack } from './support/looks-back.ts';
import { nap } from './support/nap.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { openSharedStreams, SHARED, TITLES } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const SHORT_MS = 30_000;
const COMES_BACK_MS = 60_000;
/** More than come while a kernel still waits for a page that says nothing. */
const ENOUGH_MISSED = 1_400;

describe('a live view in Notebook 7', { timeout: 400_000 }, () => {
  const environment = testEnvironment(process.env);
  let notebook: NotebookPage;
  let bars: LiveViewPanel;

  before(async () => {
    notebook = await openSharedStreams(environment, { app: 'notebook' });
    bars = new LiveViewPanel(notebook.page, TITLES.bars);
  });
  after(() => notebook.close());

  it('moves, in every kind, with nothing serious for axe', async () => {
    for (const title of Object.values(TITLES)) {
      const panel = new LiveViewPanel(notebook.page, title);
      await panel.becomes('live', COMES_BACK_MS);
      await panel.draws(3);
      assert.deepEqual(await seriousFindings(panel.region), [], title);
    }
  });

  it('pauses, looks back, and jumps to live', async () => {
    const now = await looksBack(bars);
    await bars.button('Jump to live').click();
    await bars.becomes('live');
    await bars.grows(now);
  });

  it('shows rows as a table, and the records behind one', async () => {
    await bars.goesLive();
    await bars.turns('Table');
    await bars.region.locator('tbody td').first().focus();
    await notebook.page.keyboard.press('Enter');
    const drawer = bars.region.getByRole('region', { name: 'Records behind a row' });
    await until(
      'records',
      SHORT_MS,
      () => tableRows(drawer.locator('table')),
      ({ length }) => length > 0
    );
    await drawer.getByRole('button', { name: 'Close' }).click();
    await bars.turns('Chart');
  });

  it('opens a view in the panel at the side, live', async () => {
    await bars.goesLive();
    await bars.button('Open beside').click();
    const dashboard = notebook.page.locator(
      '[aria-label^="Dashboard of "]:is([role=region], [role=tabpanel])'
    );
    const beside = new LiveViewPanel(dashboard, TITLES.bars);
    await beside.becomes('live');
    assert.deepEqual(await seriousFindings(dashboard), []);
  });

  it('is live again after a reload', async () => {
    await notebook.reload();
    await bars.becomes('live', COMES_BACK_MS);
    await bars.grows(0);
  });

  it('knows after a sleep what it missed', async () => {
    const table = new LiveViewPanel(notebook.page, TITLES.table);
    await table.becomes('live');
    const other = await NotebookPage.open(environment, SHARED);
    const second = new LiveViewPanel(other.page, TITLES.table);
    await second.becomes('live', COMES_BACK_MS);
    await nap(notebook.page, async () => {
      await second.hasMoreRows((await second.count('Rows')) + ENOUGH_MISSED, COMES_BACK_MS);
    });
    await other.close();
    await table.becomes('live', COMES_BACK_MS);
    await table.region
      .getByText(/^Away for .*: [\d,]+ rows came meanwhile, now shown$/)
      .first()
      .waitFor();
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});
