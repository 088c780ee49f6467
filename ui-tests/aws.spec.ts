import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { AWS_KERNEL, openAwsKernel, type AwsKernel } from './support/aws-kernel.ts';
import { seriousFindings } from './support/axe.ts';
import { contrast } from './support/contrast.ts';
import { testEnvironment } from './support/environment.ts';
import { writeNotebook } from './support/notebook-file.ts';
import { NotebookPage } from './support/notebook-page.ts';

const LIMIT_MS = 120_000;
const NAME = 'on-aws.ipynb';
/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const LEAST_CONTRAST = 4.5;
const PLAN = '%provision aws --plan --name mill --region eu-west-1 --kafka-auth none --ttl 2h';
/** Written so that no output says the same. */
const APPLY = '%provision aws --name mill --apply mill';
const DESTROY = '%provision aws --name mill --destroy mill';

describe('an environment on AWS, in JupyterLab', { timeout: 300_000 }, () => {
  const environment = testEnvironment(process.env);
  let kernel: AwsKernel;
  let notebook: NotebookPage;

  before(async () => {
    kernel = await openAwsKernel(process.env);
    await writeNotebook(environment.lab.root, NAME, [PLAN, APPLY, DESTROY], AWS_KERNEL);
    notebook = await NotebookPage.open(environment, NAME);
  });
  after(async () => {
    await notebook.setTheme('JupyterLab Light');
    await notebook.close();
    await kernel.close();
  });

  const output = (cell: string): Locator => notebook.cell(cell).locator('.jp-Cell-outputArea');

  it('plans with a map and tables, and makes nothing', async () => {
    await notebook.run(PLAN, LIMIT_MS);
    const map = output(PLAN).getByRole('img', { name: 'Map of the environment mill' });
    // What stands between two dollar signs is no mathematics.
    await map.getByText(/^idle \$\d+\.\d+\/h, at most \$\d+\.\d+\/h$/).waitFor();
    for (const text of ['Kafka: MSK', 'Spark: EMR Serverless', 'NAT gateway', 'S3 bucket'])
      assert.equal(await map.getByText(text, { exact: true }).count(), 1, text);
    const { width } = (await map.boundingBox()) ?? { width: 0 };
    assert.ok(width > 600, `the map is ${width} wide`);
    const money = output(PLAN).getByRole('table').first();
    assert.match((await money.getByRole('row').last().textContent()) ?? '', /^all\$\d/);
    const roles = output(PLAN).getByText('kafka-cluster:', { exact: false }).first();
    assert.equal(await roles.isVisible(), false);
    assert.deepEqual([...kernel.aws.world.stacks.values()].filter(isStanding), []);
  });

  it('opens what was folded', async () => {
    const summary = output(PLAN).getByText(/^Resources: \d+ new$/);
    const cluster = output(PLAN).getByRole('cell', { name: 'AWS::MSK::Cluster' });
    assert.equal(await cluster.isVisible(), false);
    await summary.click();
    await cluster.waitFor();
  });

  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'])
    it(`has nothing serious for axe, and text that can be read, in ${theme}`, async () => {
      await notebook.setTheme(theme);
      assert.deepEqual(await seriousFindings(output(PLAN)), []);
      const title = output(PLAN).locator('svg text').first();
      assert.ok((await contrast(title)) >= LEAST_CONTRAST);
    });

  it('shows what it makes while it makes it, and attaches', async () => {
    await notebook.start(APPLY);
    const cell = output(APPLY);
    await cell.getByRole('cell', { name: '… making' }).first().waitFor({ timeout: LIMIT_MS });
    await cell.getByRole('cell', { name: '✓ made' }).first().waitFor({ timeout: LIMIT_MS });
    await notebook.ended(APPLY, LIMIT_MS);
    await cell.getByText(/^mill is ready after/).waitFor();
    await cell.getByText(/^All \d+ resources$/).waitFor();
    await cell.getByText(/^On mill after .*Kafka at/).waitFor();
    assert.deepEqual(await seriousFindings(cell), []);
  });

  it('removes all of it, and says that nothing is left', async () => {
    await notebook.run(DESTROY, LIMIT_MS);
    await output(DESTROY)
      .getByText(/^mill is gone after .* resources removed, nothing is left\.$/)
      .waitFor();
    assert.deepEqual(await seriousFindings(output(DESTROY)), []);
    assert.deepEqual([...kernel.aws.world.stacks.values()].filter(isStanding), []);
  });

  it('makes no error in the page', () => {
    assert.deepEqual(notebook.errors, []);
  });
});

function isStanding({ status }: { readonly status: string }): boolean {
  return !['DELETE_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(status);
}
