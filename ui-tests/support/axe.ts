import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { z } from 'zod';

const resultSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().nullish() }))
    })
  )
});

/** Findings of these weights fail a test. */
const SERIOUS = new Set<string | null | undefined>(['serious', 'critical']);
const HTML_SHOWN = 160;

/** The part of a page that axe puts its function into. */
interface PageWithAxe {
  readonly axe?: { run(node: unknown): Promise<unknown> };
}

/**
 * What axe finds serious or critical inside of an element, one line a finding; empty is good.
 * https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
 */
export async function seriousFindings(inside: Locator): Promise<readonly string[]> {
  await inside.page().evaluate(await axeSource());
  const result = await inside.evaluate(runAxe);
  const { violations } = resultSchema.parse(result);
  return violations
    .filter(({ impact }) => SERIOUS.has(impact))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) =>
          `${id}: ${help} — ${html.slice(0, HTML_SHOWN)} — ${failureSummary?.replaceAll('\n', ' ') ?? ''}`
      )
    );
}

async function axeSource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

/** Runs in the page. */
function runAxe(node: unknown): Promise<unknown> {
  const { axe } = globalThis as unknown as PageWithAxe;
  if (axe === undefined) throw new Error('axe is not in the page');
  return axe.run(node);
}
