import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findPython } from '../../../src/setup/python/find-python.ts';

const never = new AbortController().signal;

describe('findPython', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-python-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A program that answers as a Python of this version would. */
  async function python(name: string, version: string): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\necho ${version}\necho ${file}\n`);
    await chmod(file, 0o755);
    return file;
  }

  const find = () => findPython({ PATH: folder }, never);

  it('takes the first that the newest Spark accepts, before an older one', async () => {
    await python('python3', '3 10');
    const newer = await python('python3.12', '3 12');
    assert.deepEqual(await find(), { command: newer, version: [3, 12] });
  });

  it('takes 3.10 where there is nothing newer', async () => {
    const only = await python('python3', '3 10');
    assert.deepEqual(await find(), { command: only, version: [3, 10] });
  });

  it('says which Python is too old', async () => {
    const old = await python('python3', '3 9');
    await assert.rejects(find(), {
      code: 'HR_PYTHON',
      why: `${old} is 3.9`,
      message: 'Python 3.10 or newer is needed'
    });
  });

  it('says that there is none', async () => {
    await assert.rejects(find(), { code: 'HR_PYTHON', why: 'there is no python3 on the path' });
  });

  it('takes the one that is named, and no other', async () => {
    await python('python3', '3 12');
    const asked = path.join(folder, 'absent');
    await assert.rejects(findPython({ PATH: folder, HEADRACE_PYTHON: asked }, never), {
      code: 'HR_PYTHON',
      why: `HEADRACE_PYTHON is ${asked}, which is missing or too old`
    });
  });
});
