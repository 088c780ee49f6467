import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testEnvironment } from './support/environment.ts';
import { KernelLine } from './support/kernel-line.ts';
import { LiveTraffic } from './support/live-traffic.ts';
import { LiveViewPanel } from './support/live-view.ts';
import { nap } from './support/nap.ts';
import { writeNotebook } from './support/notebook-file.ts';
import { NotebookPage } from './support/notebook-page.ts';
import {
  CELLS,
  EXTRA,
  firstLine,
  openSharedStreams,
  SHARED,
  TITLES
} from './support/shared-streams.ts';
import { HONEST_ROWS, strangeCell, strangeFrame, strangeSnapshot } from './support/strange-view.ts';
import { until } from './support/until.ts';

const SHORT_MS = 30_000;
const COMES_BACK_MS = 120_000;
const ENOUGH_MISSED = 400;
const NEW_VISITS = 20;
const SEEN = 'data-seen';

describe('a live view that goes on', { timeout: 600_000 }, () => {
  const environment = testEnvironment(process.env);
  const traffic: LiveTraffic[] = [];
  let notebook: NotebookPage;
  let bars: LiveViewPanel;
  let table: LiveViewPanel;

  before(async () => {
    notebook = await openSharedStreams(environment, {
      prepare: page => {
        traffic.push(new LiveTraffic(page));
        return Promise.resolve();
      }
    });
    bars = new LiveViewPanel(notebook.page, TITLES.bars);
    table = new LiveViewPanel(notebook.page, TITLES.table);
  });
  after(() => notebook.close());

  it('is live again in the same cell after a reload, and says what it missed', async () => {
    await table.becomes('live');
    const before = await table.count('Rows');
    await notebook.save();
    await notebook.page.goto('about:blank');
    const other = await NotebookPage.open(environment, SHARED);
    await new LiveViewPanel(other.page, TITLES.table).hasMoreRows(
      before + ENOUGH_MISSED,
      COMES_BACK_MS
    );
    await other.close();
    await notebook.page.goBack();
    await notebook.ready();
    await new LiveViewPanel(notebook.cell(CELLS.table)).becomes('live', COMES_BACK_MS);
    await table.hasMoreRows(before + ENOUGH_MISSED, COMES_BACK_MS);
    await table.region.getByText(/^Saved .* ago: [\d,]+ rows came since, now shown$/).waitFor();
  });

  it('shows the same in a second tab, and does not notice that it closes', async () => {
    const tab = await notebook.secondTab();
    const second = new LiveViewPanel(tab.page, TITLES.bars);
    await second.becomes('live', COMES_BACK_MS);
    const sum = await second.grows(0);
    await tab.close();
    await bars.becomes('live');
    await bars.grows(sum);
  });

  it('shows the same in a second browser', async () => {
    const other = await NotebookPage.open(environment, SHARED);
    try {
      const second = new LiveViewPanel(other.page, TITLES.bars);
      await second.becomes('live', COMES_BACK_MS);
      await second.grows(0);
      await second.button('Pause').click();
      await second.becomes('paused');
      assert.equal(await bars.state(), 'live');
    } finally {
      await other.close();
    }
  });

  it('costs nothing while nobody sees it, and comes back', async () => {
    await bars.becomes('live');
    const [heard] = traffic;
    assert.ok(heard !== undefined && heard.watched.length > 0);
    await notebook.page.getByRole('button', { name: 'New Launcher' }).first().click();
    await until(
      'a page that watches nothing',
      SHORT_MS,
      () => Promise.resolve(heard.watched),
      ({ length }) => length === 0
    );
    const other = await NotebookPage.open(environment, SHARED);
    const second = new LiveViewPanel(other.page, TITLES.table);
    await second.becomes('live', COMES_BACK_MS);
    const before = heard.frames;
    await second.hasMoreRows((await second.count('Rows')) + 200, COMES_BACK_MS);
    await other.close();
    assert.equal(heard.frames, before);
    await notebook.page.getByRole('tab', { name: SHARED }).click();
    await bars.becomes('live');
    await bars.draws(3);
  });

  it('knows after a sleep what it missed, and marks the gap', async () => {
    await table.becomes('live');
    const before = await table.count('Rows');
    const other = await NotebookPage.open(environment, SHARED);
    const second = new LiveViewPanel(other.page, TITLES.table);
    await second.becomes('live', COMES_BACK_MS);
    await nap(notebook.page, async () => {
      await second.hasMoreRows((await second.count('Rows')) + ENOUGH_MISSED, COMES_BACK_MS);
    });
    await other.close();
    await table.becomes('live', COMES_BACK_MS);
    await table.hasMoreRows(before + ENOUGH_MISSED, COMES_BACK_MS);
    await table.region
      .getByText(/^Away for .*: [\d,]+ rows came meanwhile, now shown$/)
      .first()
      .waitFor();
  });

  it('goes on in the same cell after a restart of the kernel', async () => {
    await bars.becomes('live');
    const sum = await bars.grows(0);
    await notebook.restartKernel();
    await new LiveViewPanel(notebook.cell('--as hits')).becomes('live', COMES_BACK_MS);
    const back = await bars.grows(sum - 1, COMES_BACK_MS);
    // A producer ends with its kernel; what it had sent is less than this.
    await notebook.run(CELLS.produce, COMES_BACK_MS);
    await bars.grows(back + NEW_VISITS, COMES_BACK_MS);
  });

  it('goes on in every cell when its stream was stopped and is started again', async () => {
    const histogram = new LiveViewPanel(notebook.page, TITLES.histogram);
    await histogram.becomes('live');
    await notebook.run(EXTRA.stopBars, COMES_BACK_MS);
    await histogram.becomes('stopped', COMES_BACK_MS);
    await notebook.run(firstLine(CELLS.bars), COMES_BACK_MS);
    await bars.becomes('live', COMES_BACK_MS);
    await histogram.becomes('live', COMES_BACK_MS);
    await histogram.draws(3);
    // The tests that follow open the file.
    await notebook.save();
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});

describe('a live view that was drawn often', { timeout: 180_000 }, () => {
  const environment = testEnvironment(process.env);

  it('gets a fresh chart before it keeps too much', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => index);
    const strange = {
      kind: 'vega-lite',
      live: true,
      limit: rows.length,
      data: { word: rows.map(String), n: rows },
      definition: {
        mark: 'point',
        encoding: {
          x: { field: 'n', type: 'quantitative' },
          y: { field: 'n', type: 'quantitative' }
        }
      }
    } as const;
    const { view } = strangeSnapshot('often', strange);
    let seq = 10;
    let watched = false;
    await writeNotebook(environment.lab.root, 'often.ipynb', [
      strangeCell('often', { ...strange, data: HONEST_ROWS })
    ]);
    const lines: KernelLine[] = [];
    const notebook = await NotebookPage.open(environment, 'often.ipynb', {
      prepare: async page => {
        const line = await KernelLine.on(page, (message, say) => {
          if (!JSON.stringify(message).includes('"often"')) return;
          watched = true;
          say({ type: 'views', views: [view], unknown: [] });
        });
        lines.push(line);
      }
    });
    try {
      const panel = new LiveViewPanel(notebook.page, 'A stranger');
      await panel.show();
      const chart = panel.region.locator('canvas, svg[role="graphics-document"], .marks').first();
      const send = async (): Promise<void> => {
        seq += 1;
        const views = { often: strangeFrame(strange) };
        lines[0]?.say({ type: 'frame', seq, at: Date.now(), views });
        await until(
          'a drawn frame',
          SHORT_MS,
          () => panel.region.getAttribute('data-seq'),
          drawn => Number(drawn) >= seq
        );
      };
      await until(
        'a page that watches',
        SHORT_MS,
        () => Promise.resolve(watched),
        seen => seen
      );
      await send();
      await chart.evaluate(mark);
      const isThere = async (): Promise<boolean> => (await chart.getAttribute(SEEN)) !== null;
      for (let frame = 0; frame < 60 && (await isThere()); frame += 1) await send();
      assert.equal(await isThere(), false);
      assert.equal(await chart.count(), 1);
      assert.deepEqual(notebook.errors, []);
    } finally {
      await notebook.close();
    }
  });
});

/** Runs in the page. */
function mark(node: unknown): void {
  (node as { setAttribute(name: string, value: string): void }).setAttribute('data-seen', '');
}
