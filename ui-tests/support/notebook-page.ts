import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page
} from 'playwright-core';
import type { TestEnvironment } from './environment.ts';
import { until } from './until.ts';

const OPEN_LIMIT_MS = 90_000;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/**
 * Console errors that are not ours: JupyterLab asks for optional services, and says so when a frame
 * arrives for a comm of the page before a reload.
 */
const ALLOWED_ERRORS = [/Comm not found for comm id/, /Failed to load resource/];

/** A notebook in a JupyterLab, driven as a person does: by menus, keys and names on the page. */
export class NotebookPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #errors: string[] = [];

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.on('pageerror', error => this.#note(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.#note(message.text());
    });
  }

  /** Opens a notebook of the root folder in a fresh browser, and waits until its kernel is there. */
  static async open(
    { lab, chromium: executablePath }: TestEnvironment,
    notebook: string,
    look: BrowserContextOptions = { viewport: { width: 1280, height: 1000 } }
  ): Promise<NotebookPage> {
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    const opened = new NotebookPage(browser, await browser.newPage(look));
    await opened.page.goto(`${lab.url}lab/tree/${notebook}?token=${lab.token}&reset`);
    await opened.ready();
    return opened;
  }

  /** Errors of the page so far, without those that are known not to be ours. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  cell(source: string): Locator {
    return this.page.locator('.jp-CodeCell').filter({ hasText: source }).first();
  }

  async ready(): Promise<void> {
    await this.cell('%').waitFor({ timeout: OPEN_LIMIT_MS });
    await this.page.getByText(/Headrace \(PySpark\) \| Idle/).waitFor({ timeout: OPEN_LIMIT_MS });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.cell('%').waitFor({ timeout: OPEN_LIMIT_MS });
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
    await this.select(source);
    await this.page.keyboard.press('Control+Enter');
    await this.ended(source, limitMs);
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
    await this.#browser.close();
  }

  #note(text: string): void {
    if (!ALLOWED_ERRORS.some(allowed => allowed.test(text))) this.#errors.push(text);
  }
}
