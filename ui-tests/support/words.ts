import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const notebookSchema = z.object({
  cells: z.array(z.object({ source: z.union([z.string(), z.array(z.string())]) }))
});

/** Words of the tutorial, counted without Spark: the lines in its cell, and the story so many times. */
export async function expectedCounts(root: string, stories: number): Promise<Map<string, number>> {
  const story = await readFile(path.join(root, 'data/the-mill.txt'), 'utf8');
  const text = [await firstLines(root), ...Array<string>(stories).fill(story)].join('\n');
  const counts = new Map<string, number>();
  for (const word of text.split(/\s+/))
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

async function firstLines(root: string): Promise<string> {
  const file = path.join(root, '01-word-count.ipynb');
  const { cells } = notebookSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const sources = cells.map(({ source }) =>
    typeof source === 'string' ? source : source.join('')
  );
  const produce = sources.find(source => source.startsWith('%%produce')) ?? '';
  return produce.split('\n').slice(1).join('\n');
}
