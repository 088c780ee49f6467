import path from 'node:path';
import { isBundled } from '../../runtime/dependencies/bundled.ts';
import { addPackage, isOwnedSetting } from '../../runtime/dependencies/dependencies.ts';
import { sessionResourcesSchema } from '../../runtime/dependencies/resources.ts';
import type { SessionDependencies, SessionResources } from '../../runtime/session-port.ts';
import type { SessionRequestBody } from './session-request.ts';

export interface Configured {
  readonly dependencies: SessionDependencies;
  /** What of the request has no effect here, a sentence each. */
  readonly notes: readonly string[];
}

const PACKAGES = 'spark.jars.packages';
const JARS = 'spark.jars';
/** `s3://…` and the like, which the endpoint reads by itself. */
const URL_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * What a session request asks for, in place of the settings and sizes before; packages are added. Its kind says
 * nothing here: every cell has its own.
 */
export function toDependencies(
  request: SessionRequestBody,
  before: SessionDependencies,
  cwd: string
): Configured {
  const { name, conf = {} } = request;
  const resources = sessionResourcesSchema.parse(request);
  const settings = Object.entries(conf).map(([key, value]) => [key, String(value)] as const);
  const asked = listOf(settings, PACKAGES);
  const packages = asked.filter(each => !isBundled(each));
  const kept = settings.filter(([key]) => !isOwnedSetting(key));
  return {
    dependencies: {
      packages: packages.reduce(addPackage, before).packages,
      conf: Object.fromEntries(kept),
      resources: localFiles(resources, listOf(settings, JARS), cwd)
    },
    notes: [
      ...(name === undefined
        ? []
        : ['name is left out: a notebook finds its sessions by names of its own.']),
      ...asked
        .filter(isBundled)
        .map(each => `${each} is left out: every session has its own Kafka connector.`),
      ...settings
        .filter(([key]) => isOwnedSetting(key) && key !== PACKAGES && key !== JARS)
        .map(([key]) => `${key} is left out: Headrace sets it itself.`)
    ]
  };
}

/** Values of a setting that is a list with commas. */
function listOf(settings: readonly (readonly [string, string])[], key: string): readonly string[] {
  const text = settings.find(([name]) => name === key)?.[1] ?? '';
  return text
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '');
}

/** Paths of the notebook's folder become absolute. */
function localFiles(
  resources: SessionResources,
  moreJars: readonly string[],
  cwd: string
): SessionResources {
  const absolute = (files: readonly string[]): readonly string[] =>
    files.map(file => (URL_SCHEME.test(file) ? file : path.resolve(cwd, file)));
  const { pyFiles, files, archives } = resources;
  const jars = [...(resources.jars ?? []), ...moreJars];
  return {
    ...resources,
    ...(jars.length > 0 && { jars: absolute(jars) }),
    ...(pyFiles !== undefined && { pyFiles: absolute(pyFiles) }),
    ...(files !== undefined && { files: absolute(files) }),
    ...(archives !== undefined && { archives: absolute(archives) })
  };
}
