import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ENDPOINT_FILE, LAST_FILE, REQUEST_FILE, withStartLog } from './files.ts';
import { writeWholeSync } from '../../whole-file.ts';

/** A Python module that holds itself by `spark-jobs/link`. */
export interface LinkedProgram {
  /** The Python program. */
  readonly python: string;
  /** Run as `python -m MODULE FOLDER`. */
  readonly module: string;
  /** The project's `spark-jobs` folder, where modules are looked for. */
  readonly jobsDir: string;
}

/**
 * Starts a process in a session and group of its own, so that neither the end of the gateway nor the
 * signals of its terminal reach it. `start` is what it is to do; it may hold secrets, so that it goes through a file
 * for this user only and never through the command line. Throws the error of the file system when
 * the folder cannot be written; a Python that cannot be started is an `error` event of the child.
 */
export function startProcess(
  { python, module, jobsDir }: LinkedProgram,
  folder: string,
  start: Readonly<Record<string, unknown>>
): ChildProcess {
  for (const old of [ENDPOINT_FILE, LAST_FILE]) rmSync(path.join(folder, old), { force: true });
  const secret = randomBytes(32).toString('base64url');
  writeWholeSync(path.join(folder, REQUEST_FILE), { secret, start });
  return withStartLog(folder, log =>
    spawn(python, ['-m', module, folder], {
      cwd: folder,
      env: environment(jobsDir),
      stdio: ['ignore', log, log],
      detached: true
    })
  );
}

/** Without the settings of other Sparks and Pythons on the machine, which would shadow ours. */
function environment(jobsDir: string): NodeJS.ProcessEnv {
  const foreign = /^(?:SPARK|PYSPARK|HADOOP|PYTHON)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(own),
    PYTHONPATH: jobsDir,
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1'
  };
}
