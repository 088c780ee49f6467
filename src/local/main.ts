import { systemClock } from '../runtime/clock.ts';
import { toHeadraceError } from '../shared/errors.ts';
import { headracePaths, type EnvironmentVariables } from './paths.ts';
import { stackSettings } from './settings.ts';
import { runStack } from './supervisor/daemon.ts';

/** The background process of the local stack. Its standard output is its log. */

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

async function main(env: EnvironmentVariables): Promise<void> {
  const ending = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(name, () => ending.abort());
  }
  await runStack({
    paths: headracePaths(env),
    clock: systemClock,
    settings: stackSettings(env),
    signal: ending.signal,
    log
  });
}

main(process.env).then(
  () => process.exit(0),
  (error: unknown) => {
    const { line, traceback } = toHeadraceError(error);
    log([line, ...traceback].join('\n'));
    process.exit(1);
  }
);
