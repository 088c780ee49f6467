import { HeadraceError } from '../../shared/errors.ts';
import type { SessionDependencies } from '../session-port.ts';
import { artifactOf, parseCoordinate } from './coordinates.ts';

/** What a session has when nobody asked for more. */
export const NO_DEPENDENCIES: SessionDependencies = { packages: [], conf: {}, resources: {} };

/** Settings that Headrace decides: a session with another value could not be reached or would lose its streams. */
const OWNED = [
  'spark.master',
  'spark.submit.deployMode',
  'spark.driver.host',
  'spark.driver.port',
  'spark.jars',
  'spark.jars.packages',
  'spark.scheduler.mode',
  'spark.repl.class.outputDir'
];

/** Whether Headrace itself decides a Spark setting. */
export function isOwnedSetting(key: string): boolean {
  return OWNED.includes(key);
}

/** Adds a package; another version of the same artifact is replaced. */
export function addPackage(from: SessionDependencies, coordinate: string): SessionDependencies {
  const added = parseCoordinate(coordinate);
  const others = from.packages.filter(each => artifactOf(each) !== artifactOf(added));
  return { ...from, packages: [...others, added] };
}

/**
 * Sets a Spark setting given as `KEY=VALUE`; an empty value takes the setting away.
 *
 * @throws HR_USAGE for a text without `=`, a key outside `spark.`, or a key that Headrace owns
 */
export function setConf(from: SessionDependencies, setting: string): SessionDependencies {
  const at = setting.indexOf('=');
  if (at < 1) throw refuse(setting, 'it has no KEY=VALUE', 'Write spark.some.key=value.');
  const key = setting.slice(0, at).trim();
  const value = setting.slice(at + 1).trim();
  if (!/^spark\.[A-Za-z0-9_.-]+$/.test(key))
    throw refuse(key, 'its key does not start with spark.', `Write spark.${key}=${value}.`);
  if (isOwnedSetting(key)) throw refuse(key, ...ownedAdvice(key));
  const others = Object.entries(from.conf).filter(([name]) => name !== key);
  const entries = value === '' ? others : [...others, [key, value] as const];
  return { ...from, conf: Object.fromEntries(entries) };
}

function ownedAdvice(key: string): [why: string, next: string] {
  const packages = key.startsWith('spark.jars');
  return [
    'Headrace sets it itself',
    packages ? 'Use %interpreter add GROUP:ARTIFACT:VERSION.' : 'Leave it out.'
  ];
}

function refuse(what: string, why: string, next: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `The setting ${what} cannot be used`, { why, next });
}
