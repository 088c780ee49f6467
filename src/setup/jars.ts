import path from 'node:path';
import { ensureJarSet, jarSetFolder, missingJars } from '../local/artifacts/jar-sets.ts';
import type { JarSetFiles } from '../local/artifacts/jar-sets.ts';
import type { IvySettings } from '../local/artifacts/ivy.ts';
import { jarLock, rootVersion } from '../local/artifacts/jar-lock.ts';
import type { JarSetName } from '../local/artifacts/jar-lock.ts';
import type { OnProgress } from '../runtime/stack-port.ts';
import type { SetupStep } from './step.ts';

export type JarSets = Readonly<Record<JarSetName, JarSetFiles>>;

/** Step: the jars of the broker and of Spark's Kafka connector, each checked against the lock. */
export function stackJars(settings: IvySettings): SetupStep<JarSets> {
  return {
    name: 'Kafka broker and Spark connector',
    check: () => presentSets(settings),
    async run(onProgress, signal) {
      const ensure = (name: JarSetName, report: OnProgress) =>
        ensureJarSet(name, { ...settings, onProgress: report, signal });
      return {
        connector: await ensure('connector', onProgress),
        fileSystem: await ensure('fileSystem', onProgress),
        broker: await ensure('broker', onProgress)
      };
    }
  };
}

async function presentSets(settings: IvySettings): Promise<JarSets | null> {
  const [broker, connector, fileSystem] = await Promise.all([
    presentSet('broker', settings),
    presentSet('connector', settings),
    presentSet('fileSystem', settings)
  ]);
  return broker === null || connector === null || fileSystem === null
    ? null
    : { broker, connector, fileSystem };
}

async function presentSet(name: JarSetName, settings: IvySettings): Promise<JarSetFiles | null> {
  const set = jarLock().sets[name];
  const folder = jarSetFolder(settings.paths, name, set);
  if ((await missingJars(folder, set)).length > 0) return null;
  const jars = set.jars.map(jar => path.join(folder, jar.file));
  return { folder, jars, version: rootVersion(set) };
}
