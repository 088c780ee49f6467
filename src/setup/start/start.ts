import path from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import type { LocalStack } from '../../runtime/stack-port.ts';
import type { Installation } from '../install.ts';
import type { Project } from '../project.ts';
import { endUnusedStack } from './end-stack.ts';
import { jupyterEnvironment } from './jupyter-environment.ts';
import { startLab } from './lab-server.ts';
import { copyExamples } from './working-copy.ts';

export interface StartOptions {
  readonly project: Project;
  readonly installation: Installation;
  readonly env: NodeJS.ProcessEnv;
  readonly stack: LocalStack;
  readonly openBrowser: boolean;
  readonly say: (line: string) => void;
  readonly clock: Clock;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Opens JupyterLab on the first tutorial and stays until Ctrl-C or until Lab ends by itself. */
export async function start(options: StartOptions): Promise<void> {
  const { project, installation, say, signal } = options;
  const [tutorial = null] = await copyExamples(project);
  const lab = await startLab(
    {
      python: installation.environment.python,
      env: await jupyterEnvironment(project, installation.environment, options.env),
      root: project.notebooks,
      notebook: tutorial,
      openBrowser: options.openBrowser,
      logFile: path.join(project.state, 'jupyterlab.log'),
      clock: options.clock
    },
    signal
  );
  say(`JupyterLab: ${lab.url}lab/tree/${tutorial ?? ''}?token=${lab.token}`);
  say(`Notebooks:  ${project.notebooks}`);
  say('Ctrl-C ends JupyterLab, its kernels and the local stack.');
  await Promise.race([lab.ended, aborted(signal)]);
  if (signal.aborted) say('Stopping JupyterLab');
  await lab.stop();
  await endUnusedStack(options.stack, say);
}

/** Resolves when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
