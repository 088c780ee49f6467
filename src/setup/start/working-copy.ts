import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../project.ts';

/**
 * Copies the examples and their data to where the user works on them, so that outputs never reach git.
 * A file that is there already is the user's and stays as it is. Gives the names of the notebooks.
 */
export async function copyExamples(
  project: Project,
  to: string = project.notebooks
): Promise<readonly string[]> {
  await cp(project.examples, to, {
    recursive: true,
    force: false,
    filter: source => path.basename(source) !== '.ipynb_checkpoints'
  });
  return (await readdir(project.examples)).filter(name => name.endsWith('.ipynb')).sort();
}
