import { localPath } from './dependency-paths.ts';

/** What a session and a batch both give Spark. Paths are local, without a scheme, or URLs for Spark to fetch. */
export interface SparkRequest {
  /** Folder of the process, which is there and for this user only. */
  readonly folder: string;
  readonly name: string | null;
  /** Spark settings; they win over our own. */
  readonly conf: Readonly<Record<string, string>>;
  readonly jars: readonly string[];
  readonly pyFiles: readonly string[];
  readonly files: readonly string[];
  readonly archives: readonly string[];
  /** As Spark writes it (`1g`); null leaves the default. */
  readonly driverMemory: string | null;
}

type Asked = Omit<SparkRequest, 'folder'>;

/** The part of a create request that Spark is given, with paths as Spark takes them. */
export function sparkRequest(asked: Asked, folder: string): SparkRequest {
  const { name, conf, driverMemory } = asked;
  return {
    folder,
    name,
    conf,
    driverMemory,
    jars: asked.jars.map(localPath),
    pyFiles: asked.pyFiles.map(localPath),
    files: asked.files.map(localPath),
    archives: asked.archives.map(localPath)
  };
}
