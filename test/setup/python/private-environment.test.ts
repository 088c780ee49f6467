import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { headracePaths } from '../../../src/local/paths.ts';
import { privateEnvironment } from '../../../src/setup/python/private-environment.ts';

const never = new AbortController().signal;
const quiet = () => undefined;

/** Stands in for `python -m venv FOLDER` and for the `python -m pip` that it makes. */
const WORKING_VENV = `mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "$@" >> %s/pip.log\\n' "$(dirname "$0")" > "$3/bin/python"
chmod +x "$3/bin/python"`;

describe('privateEnvironment', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-venv-'));
    await writeFile(path.join(folder, 'requirements.txt'), 'first==1\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function stepWith(script: string) {
    const command = path.join(folder, 'python');
    await writeFile(command, `#!/bin/sh\n${script}\n`);
    await chmod(command, 0o755);
    return privateEnvironment({
      paths: headracePaths({ HEADRACE_HOME: path.join(folder, 'home') }),
      requirements: path.join(folder, 'requirements.txt'),
      findPython: () => Promise.resolve({ command, version: [3, 12] })
    });
  }

  it('installs the requirements once', async () => {
    const step = await stepWith(WORKING_VENV);
    assert.equal(await step.check(never), null);
    const made = await step.run(quiet, never);
    assert.deepEqual(await step.check(never), made);
    const pip = await readFile(path.join(folder, 'pip.log'), 'utf8');
    assert.match(pip, /^-m pip install .*-r \S+requirements\.txt$/m);
  });

  it('is another one for other requirements', async () => {
    const step = await stepWith(WORKING_VENV);
    const first = await step.run(quiet, never);
    await writeFile(path.join(folder, 'requirements.txt'), 'first==2\n');
    assert.equal(await step.check(never), null);
    assert.notEqual((await step.run(quiet, never)).folder, first.folder);
  });

  it('makes a half-made one again from the start', async () => {
    const broken = await stepWith(`mkdir -p "$3/bin"; touch "$3/half"; exit 1`);
    await assert.rejects(broken.run(quiet, never), { code: 'HR_PYTHON' });
    const step = await stepWith(WORKING_VENV);
    assert.equal(await step.check(never), null);
    const made = await step.run(quiet, never);
    assert.equal(existsSync(path.join(made.folder, 'half')), false);
  });

  it('says what Debian packages apart', async () => {
    const step = await stepWith('echo "ensurepip is not available"; exit 1');
    await assert.rejects(step.run(quiet, never), {
      code: 'HR_PYTHON',
      why: `${path.join(folder, 'python')} has no venv or ensurepip module`
    });
  });
});
