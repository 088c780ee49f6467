import { HeadraceError } from '../../shared/errors.ts';
import { COORDINATE } from './jar-lock.ts';

export interface IvyModuleOptions {
  /** Whether what the coordinates depend on is taken as well. */
  readonly transitive: boolean;
  /** Names of artifacts that are never taken, whatever their group. */
  readonly without?: readonly string[];
}

/**
 * The text of an Ivy module that asks for these coordinates;
 * https://ant.apache.org/ivy/history/latest-milestone/ivyfile.html
 * Throws HR_USAGE for a text that is no coordinate.
 */
export function ivyModule(coordinates: readonly string[], options: IvyModuleOptions): string {
  const dependencies = coordinates.map(text => dependency(text, options.transitive));
  const exclusions = (options.without ?? []).map(
    name => `    <exclude org="*" module="${attribute(name)}"/>`
  );
  return [
    '<ivy-module version="2.0">',
    '  <info organisation="headrace" module="jars"/>',
    '  <configurations><conf name="default"/></configurations>',
    '  <dependencies>',
    ...dependencies,
    ...exclusions,
    '  </dependencies>',
    '</ivy-module>',
    ''
  ].join('\n');
}

/** Splits `group:artifact:version`; throws HR_USAGE when it is not one. */
export function parseCoordinate(text: string): {
  group: string;
  artifact: string;
  version: string;
} {
  const [, group, artifact, version] = COORDINATE.exec(text) ?? [];
  if (group === undefined || artifact === undefined || version === undefined) {
    throw new HeadraceError('HR_USAGE', `"${text}" is no Maven coordinate`, {
      next: 'Write GROUP:ARTIFACT:VERSION, for example org.apache.spark:spark-avro_2.13:4.0.1.'
    });
  }
  return { group, artifact, version };
}

function dependency(text: string, transitive: boolean): string {
  const { group, artifact, version } = parseCoordinate(text);
  return (
    `    <dependency org="${attribute(group)}" name="${attribute(artifact)}"` +
    ` rev="${attribute(version)}" transitive="${transitive}" conf="default->default"/>`
  );
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
