import type { Locator, Page } from 'playwright-core';

/** The whole of `1,234`. */
export function parseCount(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** The part of an element of the page that is read there, all bars at one moment. */
interface Labelled {
  getAttribute(name: 'aria-label'): string | null;
}

/** One live view on a page, found by its place among them. */
export class LiveViewPanel {
  readonly region: Locator;

  constructor(page: Page, index = 0) {
    this.region = page.getByRole('region', { name: /^Live view: / }).nth(index);
  }

  /** The state as a word of the program, such as `live`. */
  async state(): Promise<string | null> {
    return this.region.getAttribute('data-state');
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name });
  }

  /** The bars as they are read aloud: label and value. */
  async bars(): Promise<Map<string, number>> {
    const marks = this.region.locator('[aria-roledescription="bar"]');
    const labels = await marks.evaluateAll((nodes: readonly Labelled[]) =>
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

  /** The rows of the table that stands for the chart. */
  async rows(): Promise<string[][]> {
    return tableRows(this.region.getByRole('table'));
  }

  /** A figure of the strip, such as `Keys`. */
  async figure(label: string): Promise<string> {
    return this.region.locator(`dt:text-is("${label}") + dd`).innerText();
  }

  async show(): Promise<void> {
    await this.region.scrollIntoViewIfNeeded();
  }
}

/** The cells of the body of a table, all rows at one moment. */
export async function tableRows(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody tr').allInnerTexts();
  return rows.map(row => row.split('\t').map(cell => cell.trim()));
}
