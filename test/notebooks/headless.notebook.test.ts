import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { python, withExamples, writeNotebook } from './run-notebook.ts';

describe('notebooks as programs', () => {
  it('a wrong cell makes jupyter execute fail, with one line and no stack', async () => {
    await withExamples(async folder => {
      const file = path.join(folder, 'wrong.ipynb');
      await writeNotebook(file, ['%topic creat words']);
      const { status, output } = await python(folder, '-m', 'jupyter', 'execute', file);
      assert.notEqual(status, 0, output);
      assert.match(output, /HR_USAGE/);
      assert.match(output, /create/);
      assert.doesNotMatch(output, /\.ts:\d+|\.mjs:\d+/);
    });
  });

  it('papermill passes parameters, and an error in Python ends the run', async () => {
    await withExamples(async folder => {
      const file = path.join(folder, 'parameters.ipynb');
      const result = path.join(folder, 'result.ipynb');
      const run = (x: string) =>
        python(folder, '-m', 'papermill', '-p', 'x', x, '--no-progress-bar', file, result);
      await writeNotebook(
        file,
        ['%provision local', 'x = 1', 'print(f"x is {10 // x}")', '%provision down'],
        1
      );
      const good = await run('2');
      assert.equal(good.status, 0, good.output);
      assert.match(await readFile(result, 'utf8'), /x is 5/);
      const bad = await run('0');
      assert.notEqual(bad.status, 0, bad.output);
      assert.match(bad.output, /ZeroDivisionError/);
    });
  });
});
