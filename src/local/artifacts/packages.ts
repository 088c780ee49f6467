import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HeadraceError } from '../../shared/errors.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import { retrieve, type IvySettings } from './ivy.ts';
import { ivyModule, parseCoordinate } from './ivy-module.ts';
import { foundModule } from './ivy-output.ts';

export interface PackageOptions extends IvySettings {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/**
 * Jars of any Maven coordinates and of what they depend on, without what Spark ships itself: the
 * class path of Spark is the parent of these jars, and a second copy of Scala or Hadoop breaks it.
 * The answer for the same coordinates is kept. Rejects with HR_USAGE for a text that is no
 * coordinate and with HR_DOWNLOAD that names the coordinate that was not found.
 */
export async function resolvePackages(
  coordinates: readonly string[],
  options: PackageOptions
): Promise<string[]> {
  if (coordinates.length === 0) return [];
  const wanted = [...new Set(coordinates)].sort();
  const asked = wanted.map(text => parseCoordinate(text).artifact);
  const folder = path.join(options.paths.jars, 'packages', folderName(wanted));
  const kept = await jarsIn(folder);
  if (kept.length > 0) return kept;
  const shipped = await shippedArtifacts(options.sparkHome);
  await fetchPackages(
    wanted,
    shipped.filter(name => !asked.includes(name)),
    folder,
    options
  );
  return jarsIn(folder);
}

/**
 * Artifact names of the jars of an installed Spark, such as `scala-library`. A file name does not say
 * where the version begins (`log4j-1.2-api-2.25.4`), so that each name it could be is given.
 */
export async function shippedArtifacts(sparkHome: string): Promise<string[]> {
  const files = await readdir(path.join(sparkHome, 'jars')).catch((cause: unknown) => {
    throw new HeadraceError('HR_FILE', `No Spark at ${sparkHome}`, {
      next: 'Run npm start once.',
      cause
    });
  });
  const jars = files.filter(file => file.endsWith('.jar'));
  return jars.flatMap(file =>
    [...file.matchAll(/-(?=\d)/g)].map(({ index }) => file.slice(0, index))
  );
}

async function fetchPackages(
  coordinates: readonly string[],
  without: readonly string[],
  folder: string,
  options: PackageOptions
): Promise<void> {
  const label = `resolve ${coordinates.join(', ')}`;
  options.onProgress({ label, fraction: null });
  await retrieve(options, {
    module: ivyModule(coordinates, { transitive: true, without }),
    fileName: '[organisation]_[artifact]-[revision](-[classifier]).[ext]',
    signal: options.signal,
    onLine: line => {
      const found = foundModule(line);
      if (found !== null) options.onProgress({ label: `${label}: ${found}`, fraction: null });
    },
    take: (incoming, files) => keepPackages(incoming, files, folder, coordinates)
  });
}

async function keepPackages(
  incoming: string,
  files: readonly string[],
  folder: string,
  coordinates: readonly string[]
): Promise<void> {
  if (!files.some(file => file.endsWith('.jar'))) {
    throw new HeadraceError('HR_DOWNLOAD', `${coordinates.join(', ')} has no jar`, {
      why: 'Spark ships it, or it only groups other packages',
      next: 'Leave it out, or name the package that has the classes.'
    });
  }
  await mkdir(path.dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(incoming, folder);
}

async function jarsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter(file => file.endsWith('.jar'))
    .sort()
    .map(file => path.join(folder, file));
}

function folderName(coordinates: readonly string[]): string {
  return createHash('sha256').update(coordinates.join('\n')).digest('hex').slice(0, 16);
}
