import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../../local/child.ts';
import type { Installation } from '../install.ts';
import type { Project } from '../project.ts';

export interface HeadlessOptions {
  readonly project: Project;
  readonly installation: Installation;
  /** From jupyterEnvironment. */
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Executes one example with no browser and writes it as a page. Rejects with HR_STATEMENT when a cell
 * failed; the page is there in that case too and shows the error.
 */
export async function runHeadless(name: string, options: HeadlessOptions): Promise<string> {
  const { project, installation, say, signal } = options;
  const page = path.join(project.pages, name.replace(/\.ipynb$/, '.html'));
  say(`Running ${name}`);
  const result = await runProgram(
    installation.environment.python,
    [project.notebookRunner, path.join(project.examples, name), page, project.notebooks],
    { signal, env: options.env, onLine: line => say(`  ${line}`) }
  );
  if (result.code === 0) {
    say(`Wrote ${page}`);
    return page;
  }
  throw new HeadraceError('HR_STATEMENT', `${name} did not run to its end`, {
    why: result.lines.at(-1) ?? `status ${result.code}`,
    next: `The page ${page} shows the cell.`
  });
}
