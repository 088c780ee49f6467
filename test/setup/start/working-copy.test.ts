import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { projectFiles } from '../../../src/setup/project.ts';
import { copyExamples } from '../../../src/setup/start/working-copy.ts';

describe('copyExamples', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'headrace-copy-'));
    await mkdir(path.join(root, 'examples/data'), { recursive: true });
    await writeFile(path.join(root, 'examples/02-b.ipynb'), 'b');
    await writeFile(path.join(root, 'examples/01-a.ipynb'), 'a');
    await writeFile(path.join(root, 'examples/data/text.txt'), 'text');
    const { pythonJobs, jobsJar } = projectFiles(root);
    await mkdir(pythonJobs, { recursive: true });
    await writeFile(path.join(pythonJobs, 'count.py'), 'count');
    await mkdir(path.dirname(jobsJar), { recursive: true });
    await writeFile(jobsJar, 'first');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('copies notebooks and data, and names the notebooks in order', async () => {
    const project = projectFiles(root);
    assert.deepEqual(await copyExamples(project), ['01-a.ipynb', '02-b.ipynb']);
    assert.equal(await readFile(path.join(project.notebooks, 'data/text.txt'), 'utf8'), 'text');
  });

  it('leaves what the user has changed, and brings back what was deleted', async () => {
    const project = projectFiles(root);
    await copyExamples(project);
    await writeFile(path.join(project.notebooks, '01-a.ipynb'), 'mine');
    await rm(path.join(project.notebooks, '02-b.ipynb'));
    await copyExamples(project);
    assert.equal(await readFile(path.join(project.notebooks, '01-a.ipynb'), 'utf8'), 'mine');
    assert.equal(await readFile(path.join(project.notebooks, '02-b.ipynb'), 'utf8'), 'b');
  });

  it('puts the sample jobs beside the notebooks, and replaces only the compiled ones', async () => {
    const project = projectFiles(root);
    await copyExamples(project);
    const copied = (name: string) => path.join(project.notebooks, 'jobs', name);
    assert.equal(await readFile(copied('headrace-jobs.jar'), 'utf8'), 'first');
    await writeFile(copied('count.py'), 'mine');
    await writeFile(project.jobsJar, 'second');
    await copyExamples(project);
    assert.equal(await readFile(copied('count.py'), 'utf8'), 'mine');
    assert.equal(await readFile(copied('headrace-jobs.jar'), 'utf8'), 'second');
  });
});
