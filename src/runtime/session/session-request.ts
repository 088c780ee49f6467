import type { LivyPort, SessionRequest } from '../livy/port.ts';
import type { SessionDependencies } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';

export interface SessionRequestOptions {
  readonly livy: LivyPort;
  /** Local jars of Maven coordinates with all that they need. */
  readonly resolvePackages: (
    packages: readonly string[],
    onProgress: OnProgress,
    signal: AbortSignal
  ) => Promise<readonly string[]>;
  /** Folder that relative paths in cells start from, on an endpoint that shares our files. */
  readonly workingDirectory?: string;
}

/**
 * What a session of this name is asked to be. Packages become local jars where the endpoint reads our
 * files; elsewhere Spark resolves them itself.
 */
export async function sessionRequest(
  name: string,
  { packages, conf, resources = {} }: SessionDependencies,
  { livy, resolvePackages, workingDirectory }: SessionRequestOptions,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<SessionRequest> {
  const base = { ...resources, name, kind: 'pyspark' as const };
  const { localFiles } = await livy.capabilities(signal);
  if (!localFiles) {
    const list = packages.length === 0 ? {} : { 'spark.jars.packages': packages.join(',') };
    return { ...base, conf: { ...list, ...conf } };
  }
  const resolved = packages.length === 0 ? [] : await resolvePackages(packages, onProgress, signal);
  const place =
    workingDirectory === undefined ? {} : { 'spark.headrace.workingDirectory': workingDirectory };
  const jars = [...(resources.jars ?? []), ...resolved];
  return { ...base, jars, conf: { ...place, ...conf } };
}
