import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seriousFindings } from './support/axe.ts';
import { contrast } from './support/contrast.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import type { NotebookPage } from './support/notebook-page.ts';
import { openSharedStreams, TITLES } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const SHORT_MS = 30_000;
/** https://www.w3.org/TR/WCAG22/#non-text-contrast */
const LEAST_CONTRAST = 3;

describe('a live view for everybody', { timeout: 600_000 }, () => {
  const environment = testEnvironment(process.env);
  let notebook: NotebookPage;

  before(async () => {
    notebook = await openSharedStreams(environment);
  });
  after(async () => {
    await notebook.setTheme('JupyterLab Light');
    await notebook.close();
  });

  const view = async (title: string): Promise<LiveViewPanel> => {
    const panel = new LiveViewPanel(notebook.page, title);
    await panel.goesLive();
    return panel;
  };

  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'])
    it(`has nothing serious for axe in any kind, as picture and as table, in ${theme}`, async () => {
      await notebook.setTheme(theme);
      for (const title of Object.values(TITLES)) {
        const panel = await view(title);
        await panel.draws(2);
        for (const form of ['Chart', 'Table'] as const) {
          await panel.turns(form);
          assert.deepEqual(await seriousFindings(panel.region), [], `${title} as ${form}`);
        }
        await panel.turns('Chart');
      }
    });

  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'])
    it(`draws marks that stand out from the page in ${theme}`, async () => {
      await notebook.setTheme(theme);
      const bars = await view(TITLES.bars);
      await bars.turns('Chart');
      await bars.draws(3);
      const mark = bars.marks.first();
      await until(
        'a contrast that is enough',
        SHORT_MS,
        () => contrast(mark),
        ratio => ratio >= LEAST_CONTRAST
      );
    });

  it('says role, name and summary of each view', async () => {
    for (const title of Object.values(TITLES)) {
      const panel = await view(title);
      const label = await panel.region.getByRole('figure').getAttribute('aria-label');
      assert.ok(label?.startsWith(`${title}: `), label ?? title);
      assert.match(label ?? '', /\d/);
    }
  });

  it('has a table with the same rows for each bar', async () => {
    const bars = await view(TITLES.bars);
    await bars.turns('Chart');
    await bars.button('Pause').click();
    const shown = [...(await bars.bars())].map(([url, n]) => [url, n.toLocaleString('en')]);
    await bars.turns('Table');
    assert.deepEqual(await bars.rows(), shown);
    await bars.turns('Chart');
    await bars.button('Jump to live').click();
  });

  it('reaches every control by the keyboard alone', async () => {
    const { keyboard } = notebook.page;
    const focused = notebook.page.locator(':focus');
    const bars = await view(TITLES.bars);
    await bars.button('Pause').focus();
    const names: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      names.push((await focused.getAttribute('aria-label')) ?? '');
      await keyboard.press('ArrowRight');
    }
    assert.deepEqual(names, ['Pause', 'Table', 'Open beside', 'Export', 'Stop']);
    await bars.button('Export').focus();
    await keyboard.press('ArrowDown');
    assert.equal(await focused.textContent(), 'Data as CSV');
    assert.deepEqual(await seriousFindings(bars.region), []);
    await keyboard.press('Escape');
    assert.equal(await focused.getAttribute('aria-label'), 'Export');
    await bars.button('Pause').focus();
    await keyboard.press('Enter');
    await bars.becomes('paused');
    await keyboard.press('Tab');
    await bars.slider.focus();
    await keyboard.press('End');
    await bars.becomes('live');
  });

  it('moves nothing for those who asked for that', async () => {
    await notebook.page.emulateMedia({ reducedMotion: 'reduce' });
    const bars = await view(TITLES.bars);
    await bars.draws(5);
    assert.equal(await bars.region.evaluate(animations), 0);
    await notebook.page.emulateMedia({ reducedMotion: null });
  });

  it('stays legible where the system chooses the colours', async () => {
    await notebook.page.emulateMedia({ forcedColors: 'active' });
    const bars = await view(TITLES.bars);
    await bars.turns('Chart');
    await bars.draws(3);
    assert.ok((await contrast(bars.marks.first())) >= LEAST_CONTRAST);
    assert.deepEqual(await seriousFindings(bars.region), []);
    await notebook.page.emulateMedia({ forcedColors: null });
  });

  it('speaks now and then, not with each frame, and waits for its turn', async () => {
    const bars = await view(TITLES.bars);
    const spoken = bars.region.getByRole('status').last();
    const texts = new Set<string | null>();
    for (let frame = 0; frame < 12; frame += 1) {
      texts.add(await spoken.textContent());
      await bars.draws(1);
    }
    assert.ok(texts.size <= 3, [...texts].join(' | '));
    assert.match([...texts].join(' '), /\d/);
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});

/** Runs in the page. */
function animations(node: unknown): number {
  const element = node as { getAnimations(options: { subtree: boolean }): readonly unknown[] };
  return element.getAnimations({ subtree: true }).length;
}
