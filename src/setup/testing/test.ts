import { chromium } from '../chromium.ts';
import { environmentExtras } from '../python/private-environment.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { InstallOptions, Installation } from '../install.ts';
import { ensureStep } from '../step.ts';
import { runTests, selectLanes } from './run-tests.ts';
import { LANES } from './groups.ts';
import { makeSandbox } from './sandbox.ts';

export interface TestOptions extends InstallOptions {
  readonly installation: Installation;
  /** Names of groups; none means all. */
  readonly wanted: readonly string[];
  readonly say: (line: string) => void;
  readonly clock: Clock;
}

/** `npm test`: brings what tests need, runs them in a sandbox; true when nothing failed. */
export async function test(options: TestOptions): Promise<boolean> {
  const { installation, project, reporter, signal, env } = options;
  const lanes = selectLanes(LANES, options.wanted);
  await ensureStep(
    environmentExtras(
      installation.environment,
      'Python packages of the tests',
      project.testRequirements
    ),
    reporter,
    signal
  );
  const needsChromium = lanes.flat().some(group => group.needsChromium === true);
  const program = needsChromium ? await ensureStep(chromium(env), reporter, signal) : null;
  const { environment } = installation;
  const sandbox = await makeSandbox({ ...options, environment });
  try {
    return await runTests({ ...options, lanes, sandbox, chromium: program });
  } finally {
    await sandbox.remove();
  }
}
