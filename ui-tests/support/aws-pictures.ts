import path from 'node:path';
import { AWS_KERNEL, openAwsKernel } from './aws-kernel.ts';
import type { TestEnvironment } from './environment.ts';
import { writeNotebook } from './notebook-file.ts';
import { NotebookPage } from './notebook-page.ts';

const LIMIT_MS = 120_000;
const NAME = 'on-aws-pictured.ipynb';
const PLAN = '%provision aws --plan --name orders --region eu-west-1 --ttl 8h';
/** High enough for a plan down to the end of its map. */
const PAGE = { viewport: { width: 1120, height: 900 }, deviceScaleFactor: 1.5 };

/** A plan with its map, in each theme, from an account that is not AWS. */
export async function takeAwsPictures(
  environment: TestEnvironment,
  images: string,
  themes: readonly { readonly theme: string; readonly name: string }[]
): Promise<void> {
  const kernel = await openAwsKernel(process.env);
  await writeNotebook(environment.lab.root, NAME, [PLAN], AWS_KERNEL);
  const notebook = await NotebookPage.open(environment, NAME, { look: PAGE });
  try {
    await notebook.page.keyboard.press('Control+b');
    await notebook.run(PLAN, LIMIT_MS);
    const cell = notebook.cell(PLAN);
    await cell.getByRole('img', { name: 'Map of the environment orders' }).waitFor();
    for (const { theme, name } of themes) {
      await notebook.setTheme(theme);
      await notebook.page
        .locator(`body[data-jp-theme-name="${theme}"]`)
        .waitFor({ state: 'attached' });
      await notebook.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
      await cell.evaluate(scrollToTop);
      await notebook.page.mouse.move(0, 0);
      await notebook.page.screenshot({ path: path.join(images, `aws-plan-${name}.png`) });
    }
  } finally {
    await notebook.close();
    await kernel.close();
  }
}

/** Runs in the page. */
function scrollToTop(cell: { scrollIntoView(options: { block: 'start' }): void }): void {
  cell.scrollIntoView({ block: 'start' });
}
