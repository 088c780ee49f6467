import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../shared/errors.ts';
import { runProgram } from '../local/child.ts';
import type { SetupStep } from './step.ts';

export interface JobsJarOptions {
  /** Folder with the Scala sources. */
  readonly sources: string;
  /** The jar to make. */
  readonly jar: string;
  readonly java: string;
  /** Folder of the installed pyspark, whose jars have the Scala compiler. */
  readonly sparkHome: string;
  readonly sparkVersion: string;
}

/** Any warning is a mistake: these sources are models, and are compiled for Scala 2.12 as well. */
const COMPILER_OPTIONS = ['-deprecation', '-feature', '-Xlint', '-Xfatal-warnings'];
/** One run of a second or two: the compiler that is not optimised itself is ready sooner. */
const JAVA_OPTIONS = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Step: the sample jobs in Scala as a jar, compiled by the Scala compiler inside Spark, so that no other
 * tool is needed. Gives the jar; it is made again when a source or Spark's version has changed.
 */
export function jobsJar(options: JobsJarOptions): SetupStep<string> {
  const stamp = `${options.jar}.sha256`;
  return {
    name: 'Sample jobs in Scala',
    async check() {
      const made = await readFile(stamp, 'utf8').catch(() => null);
      return existsSync(options.jar) && made === (await fingerprint(options)) ? options.jar : null;
    },
    async run(onProgress, signal) {
      const sources = await scalaSources(options.sources);
      onProgress({ label: `${sources.length} files`, fraction: null });
      const made = await fingerprint(options);
      await rm(stamp, { force: true });
      await compile(sources, options, signal);
      await writeFile(stamp, made);
      return options.jar;
    }
  };
}

/** The jar appears whole or not at all: the compiler writes it under another name. */
async function compile(
  sources: readonly string[],
  options: JobsJarOptions,
  signal: AbortSignal
): Promise<void> {
  const folder = path.dirname(options.jar);
  const fresh = path.join(folder, `new-${process.pid}.jar`);
  await mkdir(folder, { recursive: true });
  const classPath = path.join(options.sparkHome, 'jars', '*');
  try {
    const end = await runProgram(
      options.java,
      [
        ...[...JAVA_OPTIONS, '-cp', classPath, 'scala.tools.nsc.Main'],
        ...[...COMPILER_OPTIONS, '-usejavacp', '-d', fresh],
        ...sources
      ],
      { signal }
    );
    if (end.code !== 0) throw notCompiled(options.sources, end.lines);
    await rename(fresh, options.jar);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** https://docs.scala-lang.org/overviews/compiler-options/ : a mistake is `FILE:LINE: error: TEXT`. */
function notCompiled(sources: string, lines: readonly string[]): HeadraceError {
  const mistake = lines.find(line => /\.scala:\d+: (error|warning): /.test(line));
  return new HeadraceError('HR_PROCESS', 'The sample jobs in Scala could not be compiled', {
    why: mistake ?? lines.at(-1) ?? 'the compiler gave no reason',
    next: `Correct the sources in ${sources}, then repeat the command.`
  });
}

async function scalaSources(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter(name => name.endsWith('.scala'))
    .sort()
    .map(name => path.join(folder, name));
}

async function fingerprint(options: JobsJarOptions): Promise<string> {
  const hash = createHash('sha256').update(`${options.sparkVersion}\0${COMPILER_OPTIONS.join()}\0`);
  for (const file of await scalaSources(options.sources))
    hash.update(`${path.basename(file)}\0`).update(await readFile(file));
  return hash.digest('hex');
}
