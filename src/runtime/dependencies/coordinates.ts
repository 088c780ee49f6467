import { HeadraceError } from '../../shared/errors.ts';

/** A name part of a Maven coordinate; https://maven.apache.org/pom.html#Maven_Coordinates */
const PART = /^[A-Za-z0-9_.-]+$/;

/**
 * The coordinate in its usual form `group:artifact:version`.
 *
 * @throws HR_USAGE with the part that is wrong
 */
export function parseCoordinate(text: string): string {
  const parts = text.trim().split(':');
  const [group, artifact, version] = parts;
  const example =
    'Write GROUP:ARTIFACT:VERSION, for example org.apache.commons:commons-csv:1.14.1.';
  if (parts.length !== 3 || group === undefined || artifact === undefined || version === undefined)
    throw refuse(text, `it has ${parts.length} of 3 parts`, example);
  const wrong = parts.find(part => !PART.test(part) || part.startsWith('.'));
  if (wrong !== undefined) throw refuse(text, `the part "${wrong}" is not a name`, example);
  if (!/\d/.test(version))
    throw refuse(text, 'the version must be a fixed one', 'Name one version, such as 1.14.1.');
  return parts.join(':');
}

/** The artifact without its version: two versions of one artifact cannot be in one session. */
export function artifactOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.lastIndexOf(':'));
}

function refuse(text: string, why: string, next: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `"${text}" is not a Maven coordinate`, { why, next });
}
