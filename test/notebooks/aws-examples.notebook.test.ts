import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { asText, ranking, visitsOfTutorial, wordsOfTutorial } from './expected.ts';
import { executeToPage, tableOf, withExamples } from './run-notebook.ts';

const notebookSchema = z.looseObject({
  cells: z.array(z.looseObject({ cell_type: z.string(), source: z.array(z.string()) }))
});

/** What the notebooks say of themselves: without AWS, leave out the cells that begin with `%provision aws`. */
async function withoutAws(folder: string, name: string): Promise<string> {
  const notebook = notebookSchema.parse(
    JSON.parse(await readFile(path.join(folder, name), 'utf8'))
  );
  const first = notebook.cells.findIndex(({ cell_type }) => cell_type === 'code');
  const cells = notebook.cells.flatMap((cell, index) =>
    index === first
      ? [{ ...cell, source: ['%provision local'] }]
      : cell.source[0]?.startsWith('%provision aws') === true
        ? []
        : [cell]
  );
  const local = `local-${name}`;
  await writeFile(path.join(folder, local), JSON.stringify({ ...notebook, cells }));
  return local;
}

describe('examples on AWS, run on this machine', () => {
  it('04-msk-and-emr counts the words of its cells and of the story', async () => {
    const name = '04-msk-and-emr.ipynb';
    const expected = ranking(await wordsOfTutorial(name));
    await withExamples(async folder => {
      const page = await executeToPage(folder, await withoutAws(folder, name));
      assert.deepEqual(tableOf(page, ['word', 'n']), asText(expected.slice(0, 15)));
      assert.match(page, new RegExp(`${expected.length} different words; the longest is`));
      assert.match(page, /word_count\.py: success after/);
    });
  });

  it('05-kafka-on-ec2 keeps every visit', async () => {
    const { visitors, pages } = await visitsOfTutorial(
      { count: 25, seed: 7 },
      { count: 20_000, seed: 8 }
    );
    const name = '05-kafka-on-ec2.ipynb';
    await withExamples(async folder => {
      const page = await executeToPage(folder, await withoutAws(folder, name));
      assert.deepEqual(tableOf(page, ['visits', 'visitors', 'pages']), [
        ['20025', String(visitors.length), String(pages.length)]
      ]);
      assert.deepEqual(tableOf(page, ['ip', 'visits']), asText(visitors.slice(0, 10)));
      assert.deepEqual(tableOf(page, ['url', 'n']), asText(pages.slice(0, 5)));
    });
  });
});
