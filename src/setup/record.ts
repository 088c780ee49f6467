import { HeadraceError } from '../shared/errors.ts';
import type { Java } from '../local/artifacts/java.ts';
import { readEnvironment, writeEnvironment } from '../local/environment.ts';
import type { Environment } from '../local/environment.ts';
import type { JarSets } from './jars.ts';
import type { PythonEnvironment } from './python/private-environment.ts';

export interface RecordOptions {
  /** `HeadracePaths.environmentFile`. */
  readonly file: string;
  readonly environment: PythonEnvironment;
  readonly spark: { readonly folder: string; readonly version: string };
  readonly java: Java;
  readonly jars: JarSets;
}

/** Tells the local stack what set-up found; written only when something has changed. */
export async function recordEnvironment(options: RecordOptions): Promise<Environment> {
  const { java, jars, spark } = options;
  const [fileSystemJar] = jars.fileSystem.jars;
  if (fileSystemJar === undefined)
    throw new HeadraceError('HR_INTERNAL', 'The set of the file system has no jar');
  const found: Environment = {
    python: options.environment.python,
    java: java.java,
    javaHome: java.javaHome,
    sparkHome: spark.folder,
    sparkVersion: spark.version,
    kafkaJars: jars.broker.folder,
    kafkaVersion: jars.broker.version,
    connectorJars: [...jars.connector.jars],
    fileSystemJar
  };
  const before = await readEnvironment(options.file).catch(() => null);
  if (JSON.stringify(before) !== JSON.stringify(found)) await writeEnvironment(options.file, found);
  return found;
}
