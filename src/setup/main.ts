import { systemClock } from '../runtime/clock.ts';
import { headracePaths } from '../local/paths.ts';
import { toHeadraceError } from '../shared/errors.ts';
import { parseCommand } from './command-line.ts';
import type { Command } from './command-line.ts';
import { install } from './install.ts';
import { projectFiles } from './project.ts';
import { stepReporter } from './report.ts';
import { runHeadless } from './start/headless.ts';
import { jupyterEnvironment } from './start/jupyter-environment.ts';
import { start } from './start/start.ts';
import { copyExamples } from './start/working-copy.ts';

const INTERRUPTED_STATUS = 130;

const say = (line: string) => {
  process.stdout.write(`${line}\n`);
};

async function run(command: Command, signal: AbortSignal): Promise<void> {
  const project = projectFiles();
  const paths = headracePaths();
  const { env } = process;
  const reporter = stepReporter(process.stderr, systemClock);
  const installation = await install({ project, paths, env, reporter, signal });
  if (command.name !== 'start') return;
  if (!command.headless) {
    const openBrowser = command.browser;
    await start({ project, installation, env, openBrowser, say, clock: systemClock, signal });
    return;
  }
  const jupyter = await jupyterEnvironment(project, installation.environment, env);
  for (const name of await copyExamples(project)) {
    await runHeadless(name, { project, installation, env: jupyter, say, signal });
  }
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupt.abort());

try {
  await run(parseCommand(process.argv.slice(2)), interrupt.signal);
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? INTERRUPTED_STATUS : 1;
  process.stderr.write(`${toHeadraceError(error).line}\n`);
}
