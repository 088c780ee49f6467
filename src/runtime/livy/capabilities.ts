import type { z } from 'zod';
import type { LivyCapabilities } from './port.ts';
import type { versionSchema } from './replies.ts';

/** The capability record of an endpoint, from its `/version`: what is not said is taken to be plain Livy. */
export function capabilitiesOf(reply: z.infer<typeof versionSchema>): LivyCapabilities {
  const local = reply.headrace;
  return {
    version: reply.version,
    sqlKind: local?.kinds.includes('sql') ?? atLeast(reply.version, 0, 5),
    log: true,
    completion: local === undefined,
    localFiles: local?.localFiles ?? false,
    sparkVersion: local?.sparkVersion ?? '',
    realTimeMode: local?.realTimeMode ?? false
  };
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
