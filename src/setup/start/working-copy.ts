import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import type { Project } from '../project.ts';

/**
 * Copies the examples to where the user works on them, so that outputs never reach git. A notebook
 * that is there already is the user's and stays as it is.
 */
export async function copyExamples(project: Project): Promise<readonly string[]> {
  await mkdir(project.notebooks, { recursive: true });
  const names = (await readdir(project.examples)).filter(name => name.endsWith('.ipynb')).sort();
  for (const name of names) {
    await copyFile(
      path.join(project.examples, name),
      path.join(project.notebooks, name),
      constants.COPYFILE_EXCL
    ).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
  return names;
}
