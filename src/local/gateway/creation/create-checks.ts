import { missingFile } from './dependency-paths.ts';
import { rejected } from '../http/refusal.ts';
import type { SparkRequest } from './spark-request.ts';

/** Settings that Livy takes from nobody but its administrator. */
const RESERVED_SETTINGS: readonly string[] = [
  'spark.submit.deployMode',
  'spark.submit.proxyUser.allowCustomClasspathInClusterMode'
];

/** What is checked alike in requests that create a session or a batch. */
type Creation = Omit<SparkRequest, 'folder' | 'driverMemory'>;

/** Refuses a creation in Livy's words: its settings, its files, its name, which `taken` may have. */
export function checkCreation(
  id: number,
  creation: Creation,
  taken: readonly { readonly name: string | null }[]
): void {
  const { name, conf, jars, pyFiles, files, archives } = creation;
  const reserved = Object.keys(conf).filter(key => RESERVED_SETTINGS.includes(key));
  if (reserved.length > 0)
    throw rejected(`Blacklisted configuration values in session config: ${reserved.join(', ')}`);
  checkPaths([...jars, ...files, ...archives, ...pyFiles]);
  if (name === null) return;
  if (/^\d*$/.test(name)) throw rejected(`Invalid session name: ${name}`);
  if (taken.some(other => other.name === name))
    throw rejected(`Duplicate session name: Some(${name}) for session ${id}`);
}

/** Refuses paths that are not absolute, and local files that are not there. */
export function checkPaths(paths: readonly string[]): void {
  const given = paths.filter(path => path !== '');
  const relative = given.find(path => !/^(\/|[a-z][a-z0-9+.-]*:)/i.test(path));
  if (relative !== undefined)
    throw rejected(`requirement failed: Path '${relative}' is not absolute.`);
  const missing = missingFile(given);
  if (missing !== undefined)
    throw rejected(`requirement failed: Local path ${missing} cannot be added to user sessions.`);
}
