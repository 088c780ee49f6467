import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page
} from 'playwright-core';
import type { TestEnvironment } from './environment.ts';
import { until } from './until.ts';

const OPEN_LIMIT_MS = 90_000;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
const LOOK: BrowserContextOptions = { viewport: { width: 1280, height: 1000 } };

/**
 * Console errors that are not ours: JupyterLab asks for optional services, and says so when a frame
 * arrives for a comm of the page before a reload; Notebook 7 has two of its own at its start.
 */
const ALLOWED_ERRORS = [
  /Comm not found for comm id/,
  /Failed to load resource/,
  /Cannot read properties of undefined \(reading 'schema'\)/,
  /Command 'filebrowser:open-path' not registered/
];

export interface OpenOptions {
  /** JupyterLab, or Notebook 7; JupyterLab if absent. */
  readonly app?: 'lab' | 'notebook';
  readonly look?: BrowserContextOptions;
  /** Runs before the page goes anywhere. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A notebook in JupyterLab or Notebook 7, driven as a person does: by menus, keys and names on the page. */
export class NotebookPage {
  readonly page: Page;
  readonly #environment: TestEnvironment;
  readonly #notebook: string;
  readonly #app: 'lab' | 'notebook';
  readonly #workspace: string;
  readonly #browser: Browser | null;
  readonly #errors: string[] = [];

  private constructor(
    page: Page,
    environment: TestEnvironment,
    place: { notebook: string; app: 'lab' | 'notebook'; workspace: string; browser: Browser | null }
  ) {
    this.page = page;
    this.#environment = environment;
    this.#notebook = place.notebook;
    this.#app = place.app;
    this.#workspace = place.workspace;
    this.#browser = place.browser;
    page.on('pageerror', error => this.#note(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.#note(message.text());
    });
  }

  /** Opens a notebook of the root folder in a fresh browser, and waits until its kernel is there. */
  static async open(
    environment: TestEnvironment,
    notebook: string,
    { app = 'lab', look = LOOK, prepare }: OpenOptions = {}
  ): Promise<NotebookPage> {
    const browser = await chromium.launch({
      executablePath: environment.chromium,
      args: ARGUMENTS
    });
    const context = await browser.newContext({ acceptDownloads: true, ...look });
    const page = await context.newPage();
    const place = { notebook, app, workspace: 'first', browser };
    const opened = new NotebookPage(page, environment, place);
    await prepare?.(page);
    await opened.#enter();
    return opened;
  }

  /** Opens the same notebook in another tab of the same browser; close it before this one. */
  async secondTab(): Promise<NotebookPage> {
    const tab = new NotebookPage(await this.context.newPage(), this.#environment, {
      notebook: this.#notebook,
      app: this.#app,
      workspace: 'second',
      browser: null
    });
    await tab.#enter();
    return tab;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Errors of the page so far, without those that are known not to be ours. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  cell(source: string): Locator {
    return this.page.locator('.jp-CodeCell').filter({ hasText: source }).first();
  }

  /** Waits until the notebook is on the page and its kernel has nothing to do. */
  async ready(): Promise<void> {
    await this.#shown();
    const idle =
      this.#app === 'lab'
        ? this.page.getByText(/Headrace \(PySpark\) \| Idle/)
        : this.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]');
    await idle.first().waitFor({ timeout: OPEN_LIMIT_MS });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#shown();
  }

  /** Chooses an item of the menu bar. */
  async menu(name: string, item: string): Promise<void> {
    await this.page.getByRole('menuitem', { name, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Makes a cell the current one, without editing it. */
  async select(source: string): Promise<void> {
    const cell = this.cell(source);
    await cell.scrollIntoViewIfNeeded();
    await cell.getByRole('textbox').click();
    await this.page.keyboard.press('Escape');
  }

  /** Runs one cell and waits until it has ended. */
  async run(source: string, limitMs: number): Promise<void> {
    await this.start(source);
    await this.ended(source, limitMs);
  }

  /** Runs one cell, without a wait. */
  async start(source: string): Promise<void> {
    await this.select(source);
    await this.page.keyboard.press('Control+Enter');
  }

  /** Waits until a cell that was run has its number. */
  async ended(source: string, limitMs: number): Promise<void> {
    const prompt = this.cell(source).locator('.jp-InputPrompt');
    await until(
      `the end of ${source}`,
      limitMs,
      async () => (await prompt.textContent()) ?? '',
      text => /^\[\d+\]:?$/.test(text.trim())
    );
  }

  /** Starts the kernel anew, as the menu does, and waits for it. */
  async restartKernel(): Promise<void> {
    await this.page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
    await this.page.getByRole('menuitem', { name: /^Restart Kernel…/ }).click();
    await this.page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    await this.ready();
  }

  /** Whether the notebook has changes that are not saved. */
  async isDirty(): Promise<boolean> {
    return (await this.page.locator('.lm-TabBar-tab.jp-mod-dirty').count()) > 0;
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await until(
      'the save',
      20_000,
      () => this.isDirty(),
      dirty => !dirty
    );
  }

  /** Takes another theme; JupyterLab gives an item that opens a submenu no name, only text. */
  async setTheme(name: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
    await this.page
      .getByRole('listitem')
      .filter({ hasText: /^Theme$/ })
      .click();
    const other = this.page.getByRole('menuitem', { name, exact: true });
    const current = this.page.getByRole('menuitemcheckbox', { name, exact: true });
    await other.or(current).click();
  }

  /** Runs the last cells of a tutorial, each on its own, so that all run whatever happened before. */
  async cleanUp(limitMs: number): Promise<void> {
    for (const source of ['%stop --all --purge', '%topic delete words', '%provision down'])
      await this.run(source, limitMs);
  }

  async close(): Promise<void> {
    await (this.#browser ?? this.page).close();
  }

  async #enter(): Promise<void> {
    const { url, token } = this.#environment.lab;
    const at =
      this.#app === 'lab' ? `lab/workspaces/${this.#workspace}/tree` : ('notebooks' as const);
    await this.page.goto(`${url}${at}/${this.#notebook}?token=${token}&reset`);
    await this.ready();
  }

  async #shown(): Promise<void> {
    await this.page.locator('.jp-CodeCell').first().waitFor({ timeout: OPEN_LIMIT_MS });
  }

  #note(text: string): void {
    if (!ALLOWED_ERRORS.some(allowed => allowed.test(text))) this.#errors.push(text);
  }
}
