import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { makesAws } from '../../../src/setup/start/makes-aws.ts';

const EXAMPLES = new URL('../../../examples', import.meta.url).pathname;

describe('notebooks that make machines on AWS', () => {
  it('say so in their metadata, and only they do', async () => {
    const found: string[] = [];
    for (const name of (await readdir(EXAMPLES)).filter(each => each.endsWith('.ipynb')))
      if (await makesAws(path.join(EXAMPLES, name))) found.push(name);
    assert.deepEqual(found.sort(), ['04-msk-and-emr.ipynb', '05-kafka-on-ec2.ipynb']);
  });

  it('are not those that cannot be read', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'headrace-notebooks-'));
    try {
      const file = path.join(folder, 'a.ipynb');
      assert.equal(await makesAws(file), false);
      await writeFile(file, '{');
      assert.equal(await makesAws(file), false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
