import { z } from 'zod';
import lockText from './jars.lock.json' with { type: 'json' };

/** `group:artifact:version`, as Maven repositories name things. */
export const COORDINATE = /^([\w.-]+):([\w.-]+):([\w.-]+)$/;

const jarSchema = z.object({
  coordinate: z.string().regex(COORDINATE),
  file: z.string().regex(/^[\w.-]+\.jar$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/)
});

const setSchema = z.object({
  /** What was asked for; the rest of the jars follows from it. */
  roots: z.array(z.string().regex(COORDINATE)).min(1),
  jars: z.array(jarSchema).min(1)
});

const lockSchema = z.object({
  version: z.literal(1),
  sets: z.object({ broker: setSchema, connector: setSchema, fileSystem: setSchema })
});

export type LockedJar = z.infer<typeof jarSchema>;
export type JarSet = z.infer<typeof setSchema>;
export type JarLock = z.infer<typeof lockSchema>;
/** `broker`: Kafka itself; `connector`: Spark's Kafka source; `fileSystem`: Hadoop's local files without forks. */
export type JarSetName = keyof JarLock['sets'];

/** Parses a lock; a damaged one is a fault of the project and throws as such. */
export function parseJarLock(value: unknown): JarLock {
  return lockSchema.parse(value);
}

/** Every jar that the local stack needs beyond pyspark; written by `tools/lock-jars.mjs`. */
export function jarLock(): JarLock {
  return parseJarLock(lockText);
}

/** Version of the root artifact of a set. */
export function rootVersion(set: JarSet): string {
  return set.roots[0]?.split(':')[2] ?? '';
}
