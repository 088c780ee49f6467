import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { systemClock } from '../../src/runtime/clock.ts';
import { createClickstreamSource } from '../../src/runtime/producers/clickstream-source.ts';
import { executeToPage, PROJECT, tableOf, withExamples } from './run-notebook.ts';

const notebookSchema = z.object({
  cells: z.array(z.object({ source: z.array(z.string()).transform(lines => lines.join('')) }))
});

type Count = readonly [name: string, n: number];

/** Counts in the order of the tutorials' SQL: largest first, then by name. */
function ranking(names: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(
    ([left, n], [right, m]) => m - n || (left < right ? -1 : left > right ? 1 : 0)
  );
}

const asText = (counts: readonly Count[]) => counts.map(([name, n]) => [name, String(n)]);

/** Every word that the first tutorial sends: the lines of its own cell, then the story. */
async function wordsOfTutorial(): Promise<string[]> {
  const file = path.join(PROJECT.examples, '01-word-count.ipynb');
  const { cells } = notebookSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const lines = cells
    .map(cell => cell.source)
    .filter(source => source.startsWith('%%produce'))
    .flatMap(source => source.split('\n').slice(1));
  const story = await readFile(path.join(PROJECT.examples, 'data/the-mill.txt'), 'utf8');
  return [...lines, story].join('\n').split(/\s+/).filter(Boolean);
}

/** Pages and visitors of the visits that a tutorial produces. */
async function visitsOfTutorial(count: number, seed: number) {
  const source = createClickstreamSource({ count, seed, clock: systemClock });
  const rows = (await source.next(count)).map(record => record.value?.split(',') ?? []);
  return {
    visitors: ranking(rows.map(row => row[3] ?? '')),
    pages: ranking(rows.map(row => row[2] ?? ''))
  };
}

describe('examples, without a browser', () => {
  it('01-word-count shows the counts of all words that were sent', async () => {
    await withExamples(async folder => {
      const page = await executeToPage(folder, '01-word-count.ipynb');
      const words = await wordsOfTutorial();
      const expected = ranking(words);
      assert.deepEqual(tableOf(page, ['word', 'n']), asText(expected.slice(0, 15)));
      assert.deepEqual(tableOf(page, ['different', 'total']), [
        [String(expected.length), String(words.length)]
      ]);
      assert.match(
        page,
        new RegExp(`${words.length} words were spoken, ${expected.length} of them`)
      );
      assert.match(
        page,
        /<img[^>]+src="data:image\/png/,
        'the pictures of the view and of matplotlib'
      );
    });
  });

  it('02-clickstream keeps every visit, once, and no record that is none', async () => {
    const { visitors, pages } = await visitsOfTutorial(20_000, 7);
    await withExamples(async folder => {
      const page = await executeToPage(folder, '02-clickstream.ipynb');
      assert.deepEqual(tableOf(page, ['visits', 'visitors', 'pages']), [
        ['20000', String(visitors.length), String(pages.length)]
      ]);
      assert.deepEqual(tableOf(page, ['ip', 'visits']), asText(visitors.slice(0, 10)));
      assert.deepEqual(tableOf(page, ['url', 'n']), asText(pages.slice(0, 5)));
    });
  });

  it('03-scala-and-batches shares views between languages and tables between jobs and sessions', async () => {
    const { visitors, pages } = await visitsOfTutorial(5_000, 11);
    const regulars = visitors.filter(([, n]) => n > 5_000 / visitors.length);
    const theirs = regulars.reduce((sum, [, n]) => sum + n, 0);
    await withExamples(async folder => {
      const page = await executeToPage(folder, '03-scala-and-batches.ipynb');
      assert.match(page, /clickstream_to_table\.py: success after/);
      assert.deepEqual(tableOf(page, ['visits', 'visitors']), [['5000', `${visitors.length}`]]);
      assert.match(page, new RegExp(`5000 visits of ${visitors.length} visitors`));
      assert.deepEqual(tableOf(page, ['ip', 'visits']), asText(visitors.slice(0, 5)));
      assert.match(page, new RegExp(`${regulars.length} regulars account for ${theirs} visits`));
      assert.match(page, /headrace-jobs\.jar: success after/);
      assert.deepEqual(tableOf(page, ['different']), [['0']]);
      const sessions = tableOf(page, ['', 'name', 'id', 'kind', 'state', 'streams']);
      const own = sessions.map(([mark, name]) => [mark, name]).slice(0, 2);
      assert.deepEqual(own, [
        ['', 'main'],
        ['→', 'scratch']
      ]);
      assert.deepEqual(tableOf(page, ['url', 'n']), asText(pages.slice(0, 5)));
    });
  });
});
