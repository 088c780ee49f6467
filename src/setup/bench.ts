import path from 'node:path';
import { HeadraceError } from '../shared/errors.ts';
import { runProgram } from '../local/child.ts';
import type { BenchSection } from './bench-sections.ts';
import { chromium } from './chromium.ts';
import type { InstallOptions, Installation } from './install.ts';
import { ensureStep } from './step.ts';
import { makeSandbox } from './testing/sandbox.ts';

export interface BenchOptions extends InstallOptions {
  readonly installation: Installation;
  readonly sections: readonly BenchSection[];
  /** Records a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly say: (line: string) => void;
}

/** `npm run bench`: runs bench/main.ts on a stack of its own. */
export async function bench(options: BenchOptions): Promise<void> {
  const { project, reporter, signal, env, installation, say } = options;
  const program = await ensureStep(chromium(env), reporter, signal);
  const sandbox = await makeSandbox({ ...options, environment: installation.environment });
  try {
    const end = await runProgram(
      process.execPath,
      ['--import', 'tsx', path.join(project.root, 'bench/main.ts')],
      {
        cwd: project.root,
        env: {
          ...(await sandbox.environment('bench')),
          HEADRACE_BENCH_SECTIONS: options.sections.join(' '),
          HEADRACE_BENCH_RATE: String(options.rate),
          HEADRACE_BENCH_SECONDS: String(options.seconds),
          HEADRACE_BENCH_CHROMIUM: program
        },
        signal,
        onLine: say
      }
    );
    if (end.code !== 0)
      throw new HeadraceError('HR_PROCESS', 'The benchmark did not run to its end', {
        next: 'The line above says why.'
      });
  } finally {
    await sandbox.remove();
  }
}
