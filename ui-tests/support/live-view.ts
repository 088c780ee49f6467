import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** The whole of `1,234`. */
export function parseCount(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** The part of an element of the page that is read there, all bars at one moment. */
interface Labelled {
  getAttribute(name: 'aria-label'): string | null;
}

const SHORT_MS = 30_000;

/** One live view on a page, found by its title or by its place among them. */
export class LiveViewPanel {
  readonly region: Locator;

  constructor(within: Page | Locator, which: number | string = 0) {
    this.region =
      typeof which === 'number'
        ? within.getByRole('region', { name: /^Live view: / }).nth(which)
        : within.getByRole('region', { name: `Live view: ${which}`, exact: true }).first();
  }

  /** The state as a word of the program, such as `live`. */
  async state(): Promise<string | null> {
    return this.region.getAttribute('data-state');
  }

  /** Waits for a state. */
  async becomes(wanted: string, limitMs = SHORT_MS): Promise<void> {
    await this.#until(
      `the state ${wanted}`,
      limitMs,
      () => this.state(),
      state => state === wanted
    );
  }

  /** Leaves a pause and the past, and waits for the present. */
  async goesLive(limitMs = SHORT_MS): Promise<void> {
    await this.show();
    if (/^(paused|past)$/.test((await this.state()) ?? ''))
      await this.button('Jump to live').click();
    await this.becomes('live', limitMs);
  }

  /** Shows the chart or the table. */
  async turns(to: 'Chart' | 'Table'): Promise<void> {
    const button = this.button(to);
    if (await button.isVisible()) await button.click();
  }

  /** Waits until so many more frames are on the page. */
  async draws(frames: number, limitMs = SHORT_MS): Promise<void> {
    const seq = async (): Promise<number> => Number(await this.region.getAttribute('data-seq'));
    const from = await seq();
    await this.#until(`${frames} more frames`, limitMs, seq, now => now >= from + frames);
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name });
  }

  get slider(): Locator {
    return this.region.getByRole('slider', { name: 'Moment that is shown' });
  }

  /** Where the view says that nothing comes through. */
  dryHops(): Promise<string[]> {
    return this.region
      .getByRole('list', { name: 'The way of the records' })
      .getByRole('listitem')
      .filter({ hasText: 'nothing comes through' })
      .allTextContents();
  }

  /** Marks of the chart that stand for a row. */
  get marks(): Locator {
    return this.region.locator('[aria-roledescription="bar"]');
  }

  /** The bars as they are read aloud: label and value. */
  async bars(): Promise<Map<string, number>> {
    const labels = await this.marks.evaluateAll((nodes: readonly Labelled[]) =>
      nodes.map(node => node.getAttribute('aria-label') ?? '')
    );
    return new Map(
      labels.map(label => {
        const end = label.lastIndexOf(': ');
        return [label.slice(0, end), parseCount(label.slice(end + 2))];
      })
    );
  }

  /** Sum of the bars that are shown. */
  async sum(): Promise<number> {
    return [...(await this.bars()).values()].reduce((sum, value) => sum + value, 0);
  }

  /** Waits until the bars are longer than so much in all. */
  async grows(beyond: number, limitMs = SHORT_MS): Promise<number> {
    return this.#until(
      'bars that grow',
      limitMs,
      () => this.sum(),
      sum => sum > beyond
    );
  }

  /** The rows of the table that stands for the chart. */
  async rows(): Promise<string[][]> {
    return tableRows(this.region.locator('table').first());
  }

  /** A figure of the strip, such as `Keys`. */
  async figure(label: string): Promise<string> {
    return this.region.locator(`dt:text-is("${label}") + dd`).innerText();
  }

  /** A figure that is a number. */
  async count(label: string): Promise<number> {
    return parseCount(await this.figure(label));
  }

  /** Waits until more than so many rows have come. */
  async hasMoreRows(beyond: number, limitMs = SHORT_MS): Promise<number> {
    return this.#until(
      'more rows',
      limitMs,
      () => this.count('Rows'),
      rows => rows > beyond
    );
  }

  async show(): Promise<void> {
    await this.region.scrollIntoViewIfNeeded();
  }

  /** Keeps it in sight while it waits: one that is not stands still, and the page above may grow. */
  #until<T>(
    what: string,
    limitMs: number,
    read: () => Promise<T>,
    holds: (value: T) => boolean
  ): Promise<T> {
    const inSight = async (): Promise<T> => {
      await this.show();
      return read();
    };
    return until(what, limitMs, inSight, holds);
  }
}

/** The cells of the body of a table, all rows at one moment. */
export async function tableRows(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody tr').allInnerTexts();
  return rows.map(row => row.split('\t').map(cell => cell.trim()));
}
