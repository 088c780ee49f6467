import { copyFile, cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../project.ts';

/** Where a notebook finds the sample jobs: `%submit jobs/word_count.py`. */
const JOBS = 'jobs';
/** What editors and Python leave beside their sources. */
const NOT_COPIED = new Set(['.ipynb_checkpoints', '__pycache__']);

/**
 * Copies the examples, their data and the sample jobs to where the user works on them, so that outputs never
 * reach git. A file that is there already is the user's and stays as it is; only the compiled jobs are
 * always those of the sources. Gives the names of the notebooks.
 */
export async function copyExamples(
  project: Project,
  to: string = project.notebooks
): Promise<readonly string[]> {
  const jobs = path.join(to, JOBS);
  await copyMissing(project.examples, to);
  await copyMissing(project.pythonJobs, jobs);
  await copyFile(project.jobsJar, path.join(jobs, path.basename(project.jobsJar)));
  return (await readdir(project.examples)).filter(name => name.endsWith('.ipynb')).sort();
}

function copyMissing(from: string, to: string): Promise<void> {
  return cp(from, to, {
    recursive: true,
    force: false,
    filter: source => !NOT_COPIED.has(path.basename(source))
  });
}
