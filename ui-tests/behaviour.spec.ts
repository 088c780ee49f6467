import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel, tableRows } from './support/live-view.ts';
import { looksBack } from './support/looks-back.ts';
import type { NotebookPage } from './support/notebook-page.ts';
import { BURST, EXTRA, firstLine, openSharedStreams, TITLES } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const SHORT_MS = 30_000;
const QUERY_MS = 90_000;

describe('a live view in JupyterLab', { timeout: 600_000 }, () => {
  const environment = testEnvironment(process.env);
  let notebook: NotebookPage;

  before(async () => {
    notebook = await openSharedStreams(environment);
  });
  after(() => notebook.close());

  const view = (title: string): LiveViewPanel => new LiveViewPanel(notebook.page, title);
  const inCell = (source: string): LiveViewPanel =>
    new LiveViewPanel(notebook.cell(firstLine(source)));
  const run = (source: string): Promise<void> => notebook.run(firstLine(source), QUERY_MS);

  it('says at once what it does and for how long, before any row', async () => {
    await run(EXTRA.silentTopic);
    await notebook.start(firstLine(EXTRA.silent));
    const { region } = inCell(EXTRA.silent);
    // How long each phase lasts is up to the machine.
    const phase = /^((Preparing|Starting) the query|Waiting for the first row)… \d+ s$/;
    await region.getByText(phase).waitFor();
    await region.getByText(/… [1-9]\d* s$/).waitFor({ timeout: SHORT_MS });
    await notebook.ended(firstLine(EXTRA.silent), QUERY_MS);
    await region.getByText(/^Waiting for the first row… \d+ s$/).waitFor({ timeout: QUERY_MS });
  });

  it('names the first place where nothing comes through', async () => {
    for (const source of [EXTRA.brokenTopic, EXTRA.broken, EXTRA.unsent, EXTRA.parse, EXTRA.filter])
      await run(source);
    const reasons = [
      [EXTRA.silent, 'The topic is empty.', 'Topic'],
      [EXTRA.unsent, 'The topic holds 2 records, but none came since', 'New records'],
      [EXTRA.parse, 'None of the records could be parsed: 2 went', 'Parsed'],
      [EXTRA.filter, 'the query keeps none.', 'Kept']
    ] as const;
    for (const [source, why, hop] of reasons) {
      const panel = inCell(source);
      await panel.show();
      await panel.region.getByText(why).waitFor({ timeout: QUERY_MS });
      assert.deepEqual(await panel.dryHops(), [`${hop}: nothing comes through`]);
    }
    await run(EXTRA.end);
  });

  it('holds the picture in a pause, counts what comes, and jumps to live', async () => {
    const bars = view(TITLES.bars);
    await bars.goesLive();
    await bars.turns('Chart');
    await bars.button('Pause').click();
    await bars.becomes('paused');
    const held = await bars.bars();
    await bars.region.getByText(/^\+[1-9]\d* rows$/).waitFor({ timeout: SHORT_MS });
    assert.deepEqual(await bars.bars(), held);
    await bars.button('Jump to live').click();
    await bars.goesLive();
    await bars.grows([...held.values()].reduce((sum, n) => sum + n, 0));
  });

  it('goes back through the last minutes by the slider, and to the present again', async () => {
    const bars = view(TITLES.bars);
    const now = await looksBack(bars);
    const ago = async (): Promise<string> =>
      (await bars.slider.getAttribute('aria-valuetext')) ?? '';
    assert.match(await ago(), /, \d+ s ago$/);
    await notebook.page.keyboard.press('Home');
    await until('the oldest state', SHORT_MS, ago, text => /, (\d\d s|\d+ min.*) ago$/.test(text));
    await notebook.page.keyboard.press('l');
    await bars.goesLive();
    await bars.grows(now);
  });

  it('keeps the zoom of a time axis while data come', async () => {
    const line = view(TITLES.line);
    await line.goesLive();
    await line.region.getByRole('group', { name: /^Time axis/ }).focus();
    for (const key of ['+', '+', 'ArrowLeft']) await notebook.page.keyboard.press(key);
    const zoomed = line.region.getByText(/^Zoomed: /);
    await zoomed.waitFor();
    const span = await zoomed.textContent();
    await line.draws(10);
    assert.equal(await zoomed.textContent(), span);
    assert.equal(await line.state(), 'live');
    await notebook.page.keyboard.press('0');
    await zoomed.waitFor({ state: 'hidden' });
  });

  it('zooms to a time that the mouse chooses', async () => {
    const line = view(TITLES.line);
    await line.show();
    const box = await line.region.getByRole('group', { name: /^Time axis/ }).boundingBox();
    assert.ok(box !== null);
    const y = box.y + box.height / 2;
    await notebook.page.mouse.move(box.x + box.width * 0.5, y);
    await notebook.page.mouse.down();
    await notebook.page.mouse.move(box.x + box.width * 0.8, y, { steps: 5 });
    await notebook.page.mouse.up();
    await line.region.getByText(/^Zoomed: /).waitFor();
    await line.button('Reset zoom').click();
    await line.region.getByText(/^Zoomed: /).waitFor({ state: 'hidden' });
  });

  it('keeps selection, scroll and focus in its table while rows come', async () => {
    const table = view(TITLES.table);
    await table.goesLive();
    await table.turns('Table');
    const cell = table.region.locator('tbody td').first();
    await cell.focus();
    await notebook.page.keyboard.press('ArrowRight');
    await table.region.getByText(/^[\d,]+ new rows?$/).waitFor({ timeout: SHORT_MS });
    const text = await cell.textContent();
    await table.draws(5);
    const focused = notebook.page.locator(':focus');
    assert.equal(await focused.evaluate(columnOf), 1);
    assert.equal(await cell.textContent(), text);
    await focused.dblclick();
    const selected = await notebook.page.evaluate('document.getSelection().toString()');
    assert.notEqual(selected, '');
    await until(
      'more new rows',
      SHORT_MS,
      () => table.region.getByText(/^[\d,]+ new rows?$/).textContent(),
      now => now !== null
    );
    assert.equal(await notebook.page.evaluate('document.getSelection().toString()'), selected);
    await table.region.getByText(/^[\d,]+ new rows?$/).click();
    await until(
      'newer rows',
      SHORT_MS,
      () => cell.textContent(),
      now => now !== text
    );
  });

  it('sorts its table by a column, both ways', async () => {
    const bars = view(TITLES.bars);
    await bars.goesLive();
    await bars.turns('Table');
    const head = bars.region.getByRole('columnheader', { name: 'url' });
    for (const order of ['ascending', 'descending']) {
      await head.getByRole('button').click();
      assert.equal(await head.getAttribute('aria-sort'), order);
      const urls = (await bars.rows()).map(([url = '']) => url);
      const sorted = urls.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
      assert.deepEqual(urls, order === 'ascending' ? sorted : sorted.reverse());
    }
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), null);
    await bars.turns('Chart');
  });

  it('counts what it does not show of a burst', async () => {
    const table = view(TITLES.table);
    await table.goesLive();
    const [before, missed] = [await table.count('Rows'), await notShown(table)];
    await run(EXTRA.burst);
    await table.hasMoreRows(before + BURST - 1, QUERY_MS);
    await until(
      'rows that are counted',
      SHORT_MS,
      () => notShown(table),
      count => count > missed + 1_000
    );
  });

  it('shows the Kafka records behind a bar', async () => {
    const bars = view(TITLES.bars);
    await bars.goesLive();
    await bars.turns('Chart');
    await bars.button('Pause').click();
    const [url = ''] = [...(await bars.bars()).keys()];
    await bars.marks.first().click();
    await showsRecords(bars, url);
    await bars.button('Jump to live').click();
  });

  it('shows the Kafka records behind a row that the keyboard chooses', async () => {
    const bars = view(TITLES.bars);
    await bars.goesLive();
    await bars.turns('Table');
    const cell = bars.region.locator('tbody td').first();
    await cell.focus();
    await notebook.page.keyboard.press('Enter');
    await showsRecords(bars, (await cell.textContent()) ?? '');
    await bars.turns('Chart');
  });

  it('exports the data, the picture and the specification', async () => {
    const bars = view(TITLES.bars);
    await bars.goesLive();
    await bars.turns('Chart');
    await bars.button('Pause').click();
    const shown = [...(await bars.bars())];
    const csv = (await exported(bars, 'Data as CSV')).toString('utf8').trim().split(/\r?\n/);
    assert.equal(csv[0], 'url,n');
    assert.deepEqual(
      csv.slice(1),
      shown.map(([url, n]) => `${url},${n}`)
    );
    const json: unknown = JSON.parse((await exported(bars, 'Data as JSON')).toString('utf8'));
    assert.ok(JSON.stringify(json).includes(shown[0]?.[0] ?? '?'));
    assert.equal((await exported(bars, 'Picture as PNG')).subarray(1, 4).toString(), 'PNG');
    const svg = (await exported(bars, 'Picture as SVG')).toString('utf8');
    assert.match(svg, /<svg[^]*<\/svg>/);
    const spec: unknown = JSON.parse((await exported(bars, 'Chart specification')).toString());
    assert.match(JSON.stringify(spec), /vega-lite/);
    await bars.button('Jump to live').click();
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });

  async function exported(panel: LiveViewPanel, what: string): Promise<Buffer> {
    const download = notebook.page.waitForEvent('download');
    await panel.button('Export').click();
    await panel.region.getByRole('menuitem', { name: what }).click();
    return readFile(await (await download).path());
  }
});

async function showsRecords(panel: LiveViewPanel, url: string): Promise<void> {
  const drawer = panel.region.getByRole('region', { name: 'Records behind a row' });
  const records = await until(
    'records',
    SHORT_MS,
    () => tableRows(drawer.locator('table')),
    ({ length }) => length > 0
  );
  for (const [, topic, partition = '', offset = '', , value = ''] of records) {
    assert.equal(topic, 'ui-visits');
    assert.match(partition, /^[01]$/);
    assert.match(offset, /^\d+$/);
    assert.ok(value.includes(url), value);
  }
  await drawer.getByRole('button', { name: 'Close' }).click();
  await drawer.waitFor({ state: 'hidden' });
}

async function notShown(panel: LiveViewPanel): Promise<number> {
  const texts = await panel.region.getByText(/^[\d,]+ rows? not shown$/).allTextContents();
  return Number((texts[0] ?? '0').replace(/\D/g, ''));
}

/** Runs in the page. */
function columnOf(cell: { readonly cellIndex?: number }): number | undefined {
  return cell.cellIndex;
}
