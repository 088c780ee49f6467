import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import {
  readWhole,
  readWholeSync,
  writeWhole,
  writeWholeSync
} from '../../src/local/whole-file.ts';

const FORMS = [
  { name: 'at once', read: readWholeSync, write: writeWholeSync },
  { name: 'in its time', read: readWhole, write: writeWhole }
];

for (const { name, read, write } of FORMS)
  describe(`a file written whole, ${name}`, () => {
    const schema = z.object({ n: z.number() });
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'headrace-whole-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it('is read as it was, or not at all, and by this user only', async () => {
      const file = path.join(folder, 'a.json');
      assert.equal(await read(file, schema), null);
      await write(file, { n: 1 });
      assert.deepEqual(await read(file, schema), { n: 1 });
      assert.equal(statSync(file).mode & 0o777, 0o600);
      for (const damaged of ['{"n":', '{"n":"1"}', '']) {
        writeFileSync(file, damaged);
        assert.equal(await read(file, schema), null);
      }
    });

    it('leaves nothing beside it when it cannot be put in its place', async () => {
      const file = path.join(folder, 'taken');
      mkdirSync(path.join(file, 'full'), { recursive: true });
      await assert.rejects(async () => write(file, { n: 1 }));
      assert.deepEqual(readdirSync(folder), ['taken']);
    });
  });
