import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { projectFiles } from '../../src/setup/project.ts';
import { startLab } from '../../src/setup/start/lab-server.ts';
import { HeadraceError } from '../../src/shared/errors.ts';
import type { Workbench } from '../workbench.ts';
import { WATCH_SCRIPT } from './watch-script.ts';

/** A first session and a first query, on a machine that does other things too. */
export const LIVE_LIMIT_MS = 180_000;
/** A notebook with changes is saved this often, so that the runs are short; JupyterLab's own time is 120 s. */
const AUTOSAVE_SECONDS = 10;
const AUTOSAVE_SETTING = '@jupyterlab/docmanager-extension/plugin.jupyterlab-settings';
const POLL_MS = 50;
const SAVE_LIMIT_MS = 30_000;
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage'];

/** A notebook that is made for a measurement. */
export interface BenchNotebook {
  readonly file: string;
  readonly kernel: { readonly name: string; readonly label: string; readonly language: string };
  readonly cells: readonly string[];
}

/** A notebook in JupyterLab in Chromium. */
export interface LabPage {
  readonly page: Page;
  /** Runs all cells; does not wait for them. */
  run(): Promise<void>;
  save(): Promise<void>;
  /** The notebook's file as it is now. */
  file(): Promise<{ readonly bytes: number; readonly writtenAt: number }>;
}

/** JupyterLab and a browser for some work with one notebook. `program` is a Chromium. */
export async function withLabPage<T>(
  notebook: BenchNotebook,
  program: string,
  { environment, clock, signal }: Pick<Workbench, 'environment' | 'clock' | 'signal'>,
  work: (lab: LabPage) => Promise<T>
): Promise<T> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'headrace-bench-lab-'));
  const settings = path.join(root, '.settings');
  try {
    await writeSetting(settings);
    await writeFile(path.join(root, notebook.file), JSON.stringify(contentOf(notebook)));
    const lab = await startLab(
      {
        python: environment.python,
        env: { ...process.env, JUPYTERLAB_SETTINGS_DIR: settings },
        root,
        notebook: null,
        openBrowser: false,
        logFile: path.join(projectFiles().root, 'build/bench-logs/jupyterlab.log'),
        clock
      },
      signal
    );
    const browser = await chromium.launch({ executablePath: program, args: ARGUMENTS });
    try {
      const page = await browser.newPage();
      await page.addInitScript(WATCH_SCRIPT);
      await page.goto(`${lab.url}lab/tree/${notebook.file}?token=${lab.token}`);
      return await work(labPage(page, path.join(root, notebook.file), notebook.kernel.label));
    } finally {
      await browser.close();
      await lab.stop();
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function labPage(page: Page, file: string, kernel: string): LabPage {
  const fileNow: LabPage['file'] = async () => {
    const { size, mtimeMs } = await stat(file);
    return { bytes: size, writtenAt: mtimeMs };
  };
  return {
    page,
    async run() {
      // The status bar; a cell that is run before is not run at all.
      await page.getByText(`${kernel} | Idle`).first().waitFor({ timeout: LIVE_LIMIT_MS });
      await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    },
    async save() {
      const { writtenAt } = await fileNow();
      await page.keyboard.press('Control+s');
      for (let waited = 0; (await fileNow()).writtenAt === writtenAt; waited += POLL_MS) {
        if (waited > SAVE_LIMIT_MS) throw notSaved(file);
        await page.waitForTimeout(POLL_MS);
      }
    },
    file: fileNow
  };
}

function notSaved(file: string): HeadraceError {
  return new HeadraceError('HR_PROCESS', `JupyterLab did not save ${file}`);
}

async function writeSetting(folder: string): Promise<void> {
  const file = path.join(folder, AUTOSAVE_SETTING);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ autosaveInterval: AUTOSAVE_SECONDS }));
}

function contentOf({ kernel, cells }: BenchNotebook): Readonly<Record<string, unknown>> {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: kernel.name, display_name: kernel.label, language: kernel.language }
    },
    cells: cells.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      source,
      metadata: {},
      execution_count: null,
      outputs: []
    }))
  };
}
