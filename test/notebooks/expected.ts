import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../src/runtime/clock.ts';
import { createClickstreamSource } from '../../src/runtime/producers/clickstream-source.ts';
import { PROJECT } from './run-notebook.ts';

const notebookSchema = z.object({
  cells: z.array(z.object({ source: z.array(z.string()).transform(lines => lines.join('')) }))
});

type Count = readonly [name: string, n: number];

/** Counts in the order of the tutorials' SQL: largest first, then by name. */
export function ranking(names: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(
    ([left, n], [right, m]) => m - n || (left < right ? -1 : left > right ? 1 : 0)
  );
}

export const asText = (counts: readonly Count[]) => counts.map(([name, n]) => [name, String(n)]);

/** Every word that a tutorial sends: the lines of its own cells, then the story. */
export async function wordsOfTutorial(name: string): Promise<string[]> {
  const file = path.join(PROJECT.examples, name);
  const { cells } = notebookSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const lines = cells
    .map(cell => cell.source)
    .filter(source => source.startsWith('%%produce'))
    .flatMap(source => source.split('\n').slice(1));
  const story = await readFile(path.join(PROJECT.examples, 'data/the-mill.txt'), 'utf8');
  return [...lines, story].join('\n').split(/\s+/).filter(Boolean);
}

export interface Visits {
  readonly count: number;
  readonly seed: number;
}

/** Pages and visitors of the visits that a tutorial produces, in one go or in several. */
export async function visitsOfTutorial(...parts: readonly Visits[]) {
  const rows: string[][] = [];
  for (const { count, seed } of parts) {
    const source = createClickstreamSource({ count, seed, clock: systemClock });
    rows.push(...(await source.next(count)).map(record => record.value?.split(',') ?? []));
  }
  return {
    visitors: ranking(rows.map(row => row[3] ?? '')),
    pages: ranking(rows.map(row => row[2] ?? ''))
  };
}
