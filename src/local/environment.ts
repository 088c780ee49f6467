import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HeadraceError } from '../shared/errors.ts';

/** What set-up found and installed on this machine; absolute paths. */
export const environmentSchema = z.object({
  /** Python of the private environment that holds pyspark. */
  python: z.string().min(1),
  /** The `java` program, 17 or newer. */
  java: z.string().min(1),
  /** Its home, where it is known. */
  javaHome: z.string().min(1).nullable(),
  /** Folder of the installed pyspark; its jars are in `jars/`. */
  sparkHome: z.string().min(1),
  sparkVersion: z.string().min(1),
  /** Folder with the jars of the Kafka broker and nothing else. */
  kafkaJars: z.string().min(1),
  kafkaVersion: z.string().min(1),
  /** Spark's Kafka connector and what it needs beyond Spark itself. */
  connectorJars: z.array(z.string().min(1)).min(1),
  /** Hadoop file system that starts no program for each checkpoint file; for the driver's class path. */
  fileSystemJar: z.string().min(1)
});
export type Environment = z.infer<typeof environmentSchema>;

const NEXT = 'Run npm start once.';

/** Reads what set-up wrote. Rejects with HR_PROCESS when it is missing or of another version. */
export async function readEnvironment(file: string): Promise<Environment> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HeadraceError('HR_PROCESS', 'Headrace is not set up on this machine', {
      why: `${file} cannot be read`,
      next: NEXT,
      cause
    });
  });
  return parseEnvironment(text, file);
}

/** Writes the file whole or not at all, for this user only. */
export async function writeEnvironment(file: string, environment: Environment): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(environmentSchema.parse(environment), null, 2)}\n`);
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}

function parseEnvironment(text: string, file: string): Environment {
  try {
    return environmentSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new HeadraceError('HR_PROCESS', 'The record of the set-up cannot be used', {
      why: `${file} is damaged or of another version of Headrace`,
      next: NEXT,
      cause
    });
  }
}
