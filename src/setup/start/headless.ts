import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../../local/child.ts';
import type { LocalStack } from '../../runtime/stack-port.ts';
import type { Installation } from '../install.ts';
import type { Project } from '../project.ts';
import { endUnusedStack } from './end-stack.ts';
import { jupyterEnvironment } from './jupyter-environment.ts';
import { makesAws } from './makes-aws.ts';
import { copyExamples } from './working-copy.ts';

export interface HeadlessOptions {
  readonly project: Project;
  readonly installation: Installation;
  readonly env: NodeJS.ProcessEnv;
  readonly stack: LocalStack;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Executes the examples with no browser, but for those that make machines on AWS, writes each as a page and ends the
 * stack. Rejects with HR_STATEMENT when a cell failed.
 */
export async function startHeadless(options: HeadlessOptions): Promise<void> {
  const { project, installation } = options;
  const env = await jupyterEnvironment(project, installation.environment, options.env);
  try {
    for (const name of await copyExamples(project))
      if (await makesAws(path.join(project.examples, name)))
        options.say(`Leaving out ${name}: it makes machines on AWS, which cost money`);
      else await execute(name, { ...options, env });
  } finally {
    await endUnusedStack(options.stack, options.say);
  }
}

/** The page is written in any case, and shows the error of a cell that failed. */
async function execute(name: string, options: HeadlessOptions): Promise<void> {
  const { project, installation, say, signal, env } = options;
  const page = path.join(project.pages, name.replace(/\.ipynb$/, '.html'));
  say(`Running ${name}`);
  const end = await runProgram(
    installation.environment.python,
    [project.notebookRunner, path.join(project.examples, name), page, project.notebooks],
    { signal, env, onLine: line => say(`  ${line}`) }
  );
  if (end.code !== 0)
    throw new HeadraceError('HR_STATEMENT', `${name} did not run to its end`, {
      why: end.lines.at(-1) ?? `status ${String(end.code)}`,
      next: `The page ${page} shows the cell.`
    });
  say(`Wrote ${page}`);
}
