import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { testEnvironment } from './support/environment.ts';
import { KernelLine } from './support/kernel-line.ts';
import { tableRows } from './support/live-view.ts';
import { writeNotebook } from './support/notebook-file.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { MARK, PageWatch } from './support/page-watch.ts';
import { harmlessDefinitions, strangeDefinitions } from './support/strange-definitions.ts';
import { strangeCell, strangeFrame, strangeSnapshot } from './support/strange-view.ts';
import { Trap } from './support/trap.ts';
import { until } from './support/until.ts';

const SCRIPT = `<img src=x onerror="globalThis.${MARK}=1"><script>globalThis.${MARK}=1</script>`;
const SHOWN_MS = 30_000;

describe('a notebook of a stranger', { timeout: 300_000 }, () => {
  const environment = testEnvironment(process.env);
  const { root, url } = environment.lab;
  let trap: Trap;

  before(async () => {
    trap = await Trap.open();
  });
  after(() => trap.close());

  /** Opens a notebook with these cells, and looks at what the page does beside showing it. */
  async function opened(
    name: string,
    cells: Parameters<typeof writeNotebook>[2],
    look: (notebook: NotebookPage) => Promise<void>,
    answer: Parameters<typeof KernelLine.on>[1] | null = null
  ): Promise<void> {
    await writeNotebook(root, `${name}.ipynb`, cells);
    const watches: PageWatch[] = [];
    const notebook = await NotebookPage.open(environment, `${name}.ipynb`, {
      prepare: async page => {
        watches.push(new PageWatch(page, url));
        if (answer !== null) await KernelLine.on(page, answer);
      }
    });
    try {
      await look(notebook);
      for (const watch of watches) assert.deepEqual(await watch.deeds(), []);
      assert.deepEqual(trap.caught, []);
      assert.deepEqual(notebook.errors, []);
    } finally {
      await notebook.close();
    }
  }

  for (const [aim, definitions] of Object.entries(strangeDefinitions('http://127.0.0.1:9')))
    it(`wants ${aim} by its specification, and gets a notice`, async () => {
      const strange = strangeDefinitions(trap.url)[aim] ?? definitions;
      const cells = Object.entries(strange).map(([id, definition]) =>
        strangeCell(id, { kind: 'vega-lite', title: id, definition })
      );
      await opened('stranger-definitions', cells, async ({ page }) => {
        for (const id of Object.keys(strange)) {
          const view = page.getByRole('region', { name: `Live view: ${id}`, exact: true });
          await showsNotice(view);
          await view.getByRole('figure').click();
        }
      });
    });

  it('has keys that only JSON can write: they are lost on the way to a picture, and change nothing', async () => {
    const strange = harmlessDefinitions();
    const cells = Object.entries(strange).map(([id, definition]) =>
      strangeCell(id, { kind: 'vega-lite', title: id, definition })
    );
    await opened('stranger-keys', cells, async ({ page }) => {
      for (const id of Object.keys(strange)) {
        const view = page.getByRole('region', { name: `Live view: ${id}`, exact: true });
        await view.scrollIntoViewIfNeeded();
        const shown = view.locator('canvas').or(view.getByText(/not drawn|cannot be drawn/));
        await shown.first().waitFor({ timeout: SHOWN_MS });
        assert.equal(await page.evaluate(`({}).${MARK}`), undefined);
      }
    });
  });

  it('writes HTML into title, labels, cells and names of columns, and gets it as text', async () => {
    const strange = {
      title: SCRIPT,
      columns: [
        { name: SCRIPT, type: 'text' },
        { name: 'n', type: 'number' }
      ],
      category: SCRIPT,
      data: { [SCRIPT]: [SCRIPT, 'stone'], n: [12, 7] },
      labels: { n: SCRIPT }
    } as const;
    const cells = (['bars', 'table', 'heatmap', 'number'] as const).map(kind =>
      strangeCell(kind, { ...strange, kind })
    );
    await opened('stranger-texts', cells, async ({ page }) => {
      const views = page.getByRole('region', { name: /^Live view: <img/ });
      for (let index = 0; index < cells.length; index += 1) {
        const view = views.nth(index);
        await view.scrollIntoViewIfNeeded();
        await view.getByRole('figure').waitFor({ timeout: SHOWN_MS });
        await view.getByText('<script>').first().waitFor({ timeout: SHOWN_MS });
        assert.equal(await view.locator('img, script').count(), 0);
      }
    });
  });

  it('holds a view of a wrong form, and gets a notice', async () => {
    const spoilt = {
      kind: { kind: 'iframe' },
      columns: { columns: 'word' },
      limit: { limit: -1 }
    };
    const cells = Object.entries(spoilt).map(([id, wrong]) =>
      strangeCell(id, {}, snapshot => ({ ...snapshot, view: { ...snapshot.view, ...wrong } }))
    );
    await opened('stranger-forms', cells, async notebook => {
      for (const id of Object.keys(spoilt)) await saysUnreadable(notebook.cell(`# ${id}`));
    });
  });

  it('holds a view that is too large, and gets a notice', async () => {
    const many = Array.from({ length: 6_000 }, (_, index) => index);
    const cells = [
      strangeCell('rows', { data: { word: many.map(String), n: many } }),
      strangeCell('cell', { data: { word: ['x'.repeat(1_000_000)], n: [1] } })
    ];
    await opened('stranger-sizes', cells, async notebook => {
      await saysUnreadable(notebook.cell('# rows'));
      await saysUnreadable(notebook.cell('# cell'));
    });
  });

  it('brings a kernel that sends frames which are none: they are dropped and counted', async () => {
    const honest = strangeFrame({ data: { word: ['honest'], n: [1] } });
    const hostile: readonly unknown[] = [
      { ...honest, data: { word: Array<string>(200_000).fill('x'), n: [1] } },
      { ...honest, status: { ...honest.status, state: SCRIPT } },
      { ...honest, data: { word: [{ toString: SCRIPT }], n: [1] } },
      { ...honest, total: SCRIPT },
      JSON.parse(`{"__proto__": {"${MARK}": 1}, "data": {"__proto__": ["${MARK}"]}}`),
      SCRIPT,
      null,
      [[]]
    ];
    let seq = 0;
    const frame = (view: unknown): unknown => {
      seq += 1;
      return { type: 'frame', seq, at: Date.now(), views: { hostile: view } };
    };
    const answer: Parameters<typeof KernelLine.on>[1] = (message, say) => {
      // A page that lists what runs speaks before it shows a view.
      if (!JSON.stringify(message).includes('"hostile"') || seq > 0) return;
      const view = strangeSnapshot('hostile', { live: true }).view;
      say({ type: 'views', views: [view], unknown: [] });
      hostile.forEach(each => say(frame(each)));
      [SCRIPT, null, { type: SCRIPT }, { type: 'frame', seq: SCRIPT, views: 1 }].forEach(say);
      say(frame(honest));
    };
    await opened(
      'stranger-frames',
      [strangeCell('hostile', { live: true })],
      async ({ page }) => {
        const view = page.getByRole('region', { name: 'Live view: A stranger' });
        await view.getByText('honest', { exact: true }).first().waitFor({ timeout: SHOWN_MS });
        await view
          .getByText(new RegExp(`\\b${hostile.length} .*(frames|states|messages)`))
          .first()
          .waitFor({ timeout: SHOWN_MS });
      },
      answer
    );
  });
});

/** The place of a refused chart: why, and its rows. */
async function showsNotice(view: Locator): Promise<void> {
  await view.scrollIntoViewIfNeeded();
  await view.getByText(/not drawn|cannot be drawn/).waitFor({ timeout: SHOWN_MS });
  await until(
    'its rows',
    SHOWN_MS,
    () => tableRows(view.locator('table')),
    rows => JSON.stringify(rows) === '[["stone","12"],["wheel","7"]]'
  );
}

async function saysUnreadable(cell: Locator): Promise<void> {
  await cell.scrollIntoViewIfNeeded();
  await cell.getByText(/cannot be read|another version/).waitFor({ timeout: SHOWN_MS });
  assert.equal(await cell.getByRole('figure').count(), 0);
}
