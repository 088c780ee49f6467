import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import type { HeadracePaths } from '../paths.ts';
import { fileSha256 } from './checksum.ts';
import { forget, retrieve, type IvySettings } from './ivy.ts';
import { ivyModule } from './ivy-module.ts';
import { fetchedArtifact } from './ivy-output.ts';
import { jarLock, rootVersion, type JarSet, type JarSetName, type LockedJar } from './jar-lock.ts';

export interface JarSetFiles {
  /** Holds the jars of the set and nothing else. */
  readonly folder: string;
  readonly jars: readonly string[];
  readonly version: string;
}

export interface JarSetOptions extends IvySettings {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

const LABELS: Record<JarSetName, string> = {
  broker: 'Kafka broker',
  connector: 'Spark Kafka connector',
  fileSystem: 'local file system for Spark'
};

/**
 * Makes sure that the jars of a set are in the cache and are the ones of the lock. Only what is
 * missing or damaged is fetched; a jar appears under its name once it is whole and checked.
 * Rejects with HR_DOWNLOAD, HR_CHECKSUM, HR_INTERRUPTED or HR_PROCESS.
 */
export async function ensureJarSet(name: JarSetName, options: JarSetOptions): Promise<JarSetFiles> {
  const set = jarLock().sets[name];
  const folder = jarSetFolder(options.paths, name, set);
  await mkdir(folder, { recursive: true });
  await removeStrangers(folder, set);
  const missing = await missingJars(folder, set);
  if (missing.length > 0) await fetchJars(name, set, missing, folder, options);
  options.onProgress({ label: `${LABELS[name]}: ${set.jars.length} jars`, fraction: 1 });
  return {
    folder,
    jars: set.jars.map(jar => path.join(folder, jar.file)),
    version: rootVersion(set)
  };
}

/** Where a set is kept; a new version gets a new folder, so that a running stack keeps its own. */
export function jarSetFolder(paths: HeadracePaths, name: JarSetName, set: JarSet): string {
  return path.join(paths.jars, `${name}-${rootVersion(set)}`);
}

/** The jars of a set that are not in the folder with the right checksum. */
export async function missingJars(folder: string, set: JarSet): Promise<LockedJar[]> {
  const sums = await Promise.all(set.jars.map(jar => fileSha256(path.join(folder, jar.file))));
  return set.jars.filter((jar, index) => sums[index] !== jar.sha256);
}

/** The whole folder is a class path, so that nothing else may lie in it. */
async function removeStrangers(folder: string, set: JarSet): Promise<void> {
  const known = new Set(set.jars.map(jar => jar.file));
  const strangers = (await readdir(folder)).filter(file => !known.has(file));
  await Promise.all(strangers.map(file => rm(path.join(folder, file), { recursive: true })));
}

async function fetchJars(
  name: JarSetName,
  set: JarSet,
  missing: readonly LockedJar[],
  folder: string,
  options: JarSetOptions
): Promise<void> {
  const total = set.jars.length;
  let done = total - missing.length;
  const report = (): void =>
    options.onProgress({
      label: `${LABELS[name]}: ${done} of ${total} jars`,
      fraction: done / total
    });
  report();
  await retrieve(options, {
    module: ivyModule(
      missing.map(jar => jar.coordinate),
      { transitive: false }
    ),
    fileName: '[artifact]-[revision].[ext]',
    signal: options.signal,
    onLine: line => {
      if (fetchedArtifact(line) === null) return;
      done = Math.min(done + 1, total);
      report();
    },
    take: incoming => acceptJars(incoming, missing, folder, options.paths)
  });
}

async function acceptJars(
  incoming: string,
  expected: readonly LockedJar[],
  folder: string,
  paths: HeadracePaths
): Promise<void> {
  for (const jar of expected) {
    const file = path.join(incoming, jar.file);
    const sum = await fileSha256(file);
    if (sum !== jar.sha256) {
      await forget(paths, jar.coordinate);
      throw badJar(jar, sum);
    }
    await rename(file, path.join(folder, jar.file));
  }
}

function badJar(jar: LockedJar, sum: string | null): HeadraceError {
  const why =
    sum === null
      ? 'the repository gave no jar'
      : `SHA-256 is ${sum.slice(0, 12)}…, expected ${jar.sha256.slice(0, 12)}…`;
  return new HeadraceError('HR_CHECKSUM', `${jar.coordinate} is not the file that was asked for`, {
    why,
    next: 'Run the same again to download it anew; if it happens again, the mirror is not to be trusted.'
  });
}
