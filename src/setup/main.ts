import { createLocalStack } from '../local/client.ts';
import { headracePaths } from '../local/paths.ts';
import { systemClock } from '../runtime/clock.ts';
import { toHeadraceError } from '../shared/errors.ts';
import { bench } from './bench.ts';
import { benchHelp } from './bench-sections.ts';
import { parseCommand } from './command-line.ts';
import type { Command } from './command-line.ts';
import { install } from './install.ts';
import type { InstallOptions } from './install.ts';
import { projectFiles } from './project.ts';
import { stepReporter } from './report.ts';
import { startHeadless } from './start/headless.ts';
import { start } from './start/start.ts';
import { test } from './testing/test.ts';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED_STATUS = 130;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Gives the exit status. */
async function run(command: Command, signal: AbortSignal): Promise<number> {
  if (command.name === 'bench-help') {
    benchHelp().forEach(say);
    return 0;
  }
  const options: InstallOptions = {
    project: projectFiles(),
    paths: headracePaths(),
    env: process.env,
    reporter: stepReporter(process.stderr, systemClock),
    signal
  };
  const installation = await install(options);
  const common = { ...options, installation, say, clock: systemClock };
  switch (command.name) {
    case 'start': {
      const stack = createLocalStack();
      await (command.headless
        ? startHeadless({ ...common, stack })
        : start({ ...common, stack, openBrowser: command.browser }));
      return 0;
    }
    case 'test':
      return (await test({ ...common, wanted: command.groups })) ? 0 : 1;
    case 'bench':
      await bench({ ...common, ...command });
      return 0;
  }
}

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => interrupt.abort());

try {
  process.exitCode = await run(parseCommand(process.argv.slice(2)), interrupt.signal);
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? INTERRUPTED_STATUS : 1;
  process.stderr.write(`${toHeadraceError(error).line}\n`);
}
