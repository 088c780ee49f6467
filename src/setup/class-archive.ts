import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../local/child.ts';
import type { Environment } from '../local/environment.ts';
import type { HeadracePaths } from '../local/paths.ts';
import { isolatedPython } from './python/pip.ts';
import type { SetupStep } from './step.ts';

export interface ClassArchiveOptions {
  readonly paths: HeadracePaths;
  readonly record: Environment;
  /** Folder of the driver's Python package. */
  readonly sparkJobs: string;
}

/**
 * Step: Spark's classes as the JVM has them in memory, which halve the start of a session. A machine
 * on which this fails works without, so a failure is no error; it is noted and not tried again until Java,
 * Spark or the jars change. True when there is an archive.
 */
export function classArchive(options: ClassArchiveOptions): SetupStep<boolean> {
  const { paths, record } = options;
  const stamp = path.join(paths.cds, `${identity(record)}.made`);
  return {
    name: 'Archive of Spark classes, for quick sessions',
    check: () => Promise.resolve(existsSync(stamp) ? true : null),
    async run(onProgress, signal) {
      onProgress({ label: 'one short Spark session', fraction: null });
      await mkdir(paths.cds, { recursive: true });
      const jars = [...record.connectorJars, record.fileSystemJar];
      const end = await runProgram(
        record.python,
        [
          ...['-m', 'driver.cds', '--java', record.java, '--archives', paths.cds],
          ...jars.flatMap(jar => ['--jar', jar])
        ],
        {
          cwd: options.sparkJobs,
          env: { ...isolatedPython(process.env), PYTHONDONTWRITEBYTECODE: '1' },
          signal
        }
      );
      await writeFile(
        stamp,
        `${[`status ${String(end.code)}`, ...end.lines.slice(-5)].join('\n')}\n`
      );
      return end.code === 0;
    }
  };
}

function identity(record: Environment): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 16);
}
