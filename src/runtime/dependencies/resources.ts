import { z } from 'zod';
import type { SessionResources } from '../session-port.ts';

/** Livy's form of an amount of memory. */
const MEMORY = /^\d+[kKmMgGtT]?[bB]?$/;
const memory = z.string().regex(MEMORY, 'must be an amount such as "2g" or "512m"');
const count = z.int().positive();
const paths = z.array(z.string().min(1));

/**
 * Fields of Livy's create request that size a session and name its files;
 * https://livy.apache.org/docs/latest/rest-api.html#post-sessions
 */
export const sessionResourcesSchema = z.object({
  driverMemory: memory.exactOptional(),
  driverCores: count.exactOptional(),
  executorMemory: memory.exactOptional(),
  executorCores: count.exactOptional(),
  numExecutors: count.exactOptional(),
  queue: z.string().exactOptional(),
  proxyUser: z.string().exactOptional(),
  jars: paths.exactOptional(),
  pyFiles: paths.exactOptional(),
  files: paths.exactOptional(),
  archives: paths.exactOptional(),
  heartbeatTimeoutInSecond: z.int().nonnegative().exactOptional(),
  ttl: z.string().exactOptional(),
  idleTimeout: z.string().exactOptional()
});

/** Resources as they are kept on disk, apart from the lists of whoever gave them. */
export function copyResources(resources: SessionResources): z.infer<typeof sessionResourcesSchema> {
  return sessionResourcesSchema.parse(structuredClone(resources));
}
