import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asText, ranking, visitsOfTutorial, wordsOfTutorial } from './expected.ts';
import { executeToPage, tableOf, withExamples } from './run-notebook.ts';

describe('examples, without a browser', () => {
  it('01-word-count shows the counts of all words that were sent', async () => {
    await withExamples(async folder => {
      const page = await executeToPage(folder, '01-word-count.ipynb');
      const words = await wordsOfTutorial('01-word-count.ipynb');
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
    const { visitors, pages } = await visitsOfTutorial({ count: 20_000, seed: 7 });
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
    const { visitors, pages } = await visitsOfTutorial({ count: 5_000, seed: 11 });
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
