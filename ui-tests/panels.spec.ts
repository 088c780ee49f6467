import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { seriousFindings } from './support/axe.ts';
import { testEnvironment } from './support/environment.ts';
import { LiveViewPanel } from './support/live-view.ts';
import type { NotebookPage } from './support/notebook-page.ts';
import { CELLS, openSharedStreams, TITLES } from './support/shared-streams.ts';
import { until } from './support/until.ts';

const SHORT_MS = 30_000;
const COMES_BACK_MS = 60_000;

describe('panels beside a notebook', { timeout: 600_000 }, () => {
  const environment = testEnvironment(process.env);
  let notebook: NotebookPage;
  let dashboard: Locator;

  before(async () => {
    notebook = await openSharedStreams(environment);
    // A region where it stands alone, a tab panel among other tabs.
    dashboard = notebook.page.locator(
      '[aria-label^="Dashboard of "]:is([role=region], [role=tabpanel])'
    );
  });
  after(() => notebook.close());

  const tiles = (): Promise<string[]> =>
    dashboard
      .getByRole('region', { name: /^Live view: / })
      .evaluateAll((nodes: readonly Labelled[]) =>
        nodes.map(node => node.getAttribute('aria-label')?.replace('Live view: ', '') ?? '')
      );

  it('opens a view beside its notebook by the button, live', async () => {
    const bars = new LiveViewPanel(notebook.page, TITLES.bars);
    await bars.becomes('live');
    await bars.button('Open beside').click();
    await dashboard.waitFor();
    assert.deepEqual(await tiles(), [TITLES.bars]);
    const beside = new LiveViewPanel(dashboard, TITLES.bars);
    await beside.becomes('live');
    await beside.draws(3);
  });

  it('opens all views of the notebook as a dashboard by the command', async () => {
    await notebook.menu('View', 'Open a Dashboard of the Live Views');
    await until(
      'the views',
      SHORT_MS,
      tiles,
      ({ length }) => length === Object.keys(TITLES).length
    );
    await new LiveViewPanel(dashboard, TITLES.number).becomes('live');
    assert.deepEqual(await seriousFindings(dashboard), []);
  });

  it('moves and removes views by named buttons', async () => {
    const [first = ''] = await tiles();
    await dashboard.getByRole('button', { name: `Move ${first} later` }).click();
    assert.equal((await tiles())[1], first);
    await dashboard
      .getByRole('button', { name: `Remove ${TITLES.definition} from the dashboard` })
      .click();
    assert.ok(!(await tiles()).includes(TITLES.definition));
  });

  it('presents the dashboard on the whole screen, step by step by the keyboard', async () => {
    const { keyboard } = notebook.page;
    await notebook.page.getByRole('button', { name: 'Present', exact: true }).click();
    const bar = dashboard.getByRole('group', { name: 'Presentation' });
    await bar.waitFor();
    await keyboard.press('ArrowRight');
    const said = bar.getByRole('status');
    await until(
      'the first view',
      SHORT_MS,
      () => said.innerText(),
      text => / 1 of \d+$/.test(text)
    );
    assert.equal((await visible(dashboard)).length, 1);
    assert.deepEqual(await seriousFindings(dashboard), []);
    await keyboard.press('Escape');
    await bar.waitFor({ state: 'hidden' });
    assert.ok((await visible(dashboard)).length > 1);
  });

  it('has the dashboard again after a reload, with the same views, live', async () => {
    const before = await tiles();
    await until(
      'the saved workspace',
      SHORT_MS,
      () => savedWorkspace(environment.lab.url, environment.lab.token),
      text => before.length > 0 && text.includes('headrace-dashboards')
    );
    await notebook.page.goto(notebook.page.url().replace(/[?&]reset(=[^&]*)?/, ''));
    await dashboard.waitFor({ timeout: COMES_BACK_MS });
    await until(
      'the same views',
      COMES_BACK_MS,
      tiles,
      now => JSON.stringify(now) === JSON.stringify(before)
    );
    await new LiveViewPanel(dashboard, TITLES.bars).becomes('live', COMES_BACK_MS);
  });

  it('lists what streams at the side, with state, rates and buttons', async () => {
    await notebook.menu('View', 'Show What Streams');
    const panel = notebook.page.getByRole('region', { name: 'Streams', exact: true });
    const row = (name: string): Locator =>
      panel.getByRole('listitem').filter({ has: notebook.page.getByText(name, { exact: true }) });
    for (const [name, detail] of [
      ['visits', /Live.*\d+\/s in/],
      ['hits', /Live.*\d+\/s in/],
      ['visitors', /Running.*to ui-visits.*sent/],
      ['ui-visits', /2 partitions/],
      ['main', /idle|busy/]
    ] as const)
      await until(
        `${name} in the list`,
        SHORT_MS,
        async () => (await row(name).first().innerText()).replaceAll('\n', ' '),
        text => detail.test(text)
      );
    await panel.getByRole('button', { name: 'Stop visits' }).waitFor();
    await panel.getByRole('button', { name: `Open the view ${TITLES.bars}` }).waitFor();
    assert.deepEqual(await seriousFindings(panel), []);
  });

  it('stops a producer and a stream from the side, and they can go on', async () => {
    const panel = notebook.page.getByRole('region', { name: 'Streams', exact: true });
    await panel.getByRole('button', { name: 'Stop visitors' }).click();
    await panel.getByRole('button', { name: 'Stop visitors' }).waitFor({ state: 'hidden' });
    await panel.getByRole('button', { name: 'Stop pace' }).click();
    await panel.getByRole('button', { name: 'Stop pace' }).waitFor({
      state: 'hidden',
      timeout: COMES_BACK_MS
    });
    await notebook.run('--as pace', COMES_BACK_MS);
    await notebook.run(CELLS.heatmap, COMES_BACK_MS);
    await notebook.run(CELLS.produce, COMES_BACK_MS);
    await notebook.save();
    await panel.getByRole('button', { name: 'Stop pace' }).waitFor({ timeout: COMES_BACK_MS });
  });

  it('says in the status bar how much streams, and lists it among what runs', async () => {
    const item = notebook.page.getByRole('button', { name: /^\d+ streams · [\d.,]+\/s\./ });
    await item.waitFor({ timeout: SHORT_MS });
    await notebook.page.getByRole('tab', { name: 'Running Terminals and Kernels' }).click();
    const running = notebook.page.locator('#jp-running-sessions');
    await running.getByText('hits', { exact: true }).waitFor({ timeout: SHORT_MS });
    assert.deepEqual(await seriousFindings(running.getByText('hits', { exact: true })), []);
    await item.click();
    await notebook.page.getByRole('region', { name: 'Streams', exact: true }).waitFor();
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});

/** The part of an element that is read in the page. */
interface Labelled {
  getAttribute(name: 'aria-label'): string | null;
}

async function visible(dashboard: Locator): Promise<Locator[]> {
  const all = await dashboard.getByRole('region', { name: /^Live view: / }).all();
  const shown = await Promise.all(all.map(one => one.isVisible()));
  return all.filter((_, index) => shown[index]);
}

/** What the server keeps of the layout of pages. */
async function savedWorkspace(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}lab/api/workspaces/first`, {
    headers: { Authorization: `token ${token}` }
  });
  return answer.text();
}
