import { HeadraceError } from '../../shared/errors.ts';

/** File name part of a jar that Ivy has just fetched, or null for any other line. */
export function fetchedArtifact(line: string): string | null {
  return /\[SUCCESSFUL \] [^!]+!([^\s(]+)(?:\(\w+\))? \(/.exec(line)?.[1] ?? null;
}

/** Coordinate that Ivy has just looked up, or null for any other line. */
export function foundModule(line: string): string | null {
  const [, group, name, version] = /^\s+found ([^#\s]+)#([^;\s]+);(\S+) in /.exec(line) ?? [];
  return group === undefined ? null : `${group}:${name ?? ''}:${version ?? ''}`;
}

/** What a failed run of Ivy means for a person. */
export function ivyFailure(lines: readonly string[]): HeadraceError {
  const transport = lines.map(transportFault).find(fault => fault !== null);
  const missing = [...new Set(lines.flatMap(line => missingModule(line) ?? []))];
  if (transport !== undefined) return unreachable(transport, missing);
  if (missing.length > 0) return notFound(missing);
  return new HeadraceError('HR_DOWNLOAD', 'The jars could not be resolved', {
    why: lines.findLast(line => line.trim() !== '')?.trim() ?? 'the resolver said nothing',
    next: 'Run the same again; what was fetched is kept.'
  });
}

function transportFault(line: string): string | null {
  const text = /^\s*(?:HttpClientHandler|SERVER ERROR|CLIENT ERROR): (.+?)(?: url=(\S+))?\s*$/.exec(
    line
  );
  if (text === null) return null;
  const host = /^https?:\/\/([^/]+)/.exec(text[2] ?? '')?.[1];
  const fault = (text[1] ?? '').replace(/\.$/, '');
  return host === undefined || fault.includes(host) ? fault : `${host}: ${fault}`;
}

function missingModule(line: string): string | null {
  const [, group, name, version] =
    /:: ([^#\s]+)#([^;\s]+);([^:\s!]+)\S*:? not found/.exec(line) ?? [];
  return group === undefined ? null : `${group}:${name ?? ''}:${version ?? ''}`;
}

function unreachable(fault: string, missing: readonly string[]): HeadraceError {
  const what = missing.length === 1 ? (missing[0] ?? '') : 'the jars';
  return new HeadraceError('HR_DOWNLOAD', `Cannot download ${what}`, {
    why: fault,
    next:
      'Check the network, or name a mirror by an Ivy settings file in HEADRACE_IVY_SETTINGS, ' +
      'then run the same again; what was fetched is kept.'
  });
}

function notFound(missing: readonly string[]): HeadraceError {
  return new HeadraceError('HR_DOWNLOAD', `No repository has ${missing.join(', ')}`, {
    next: 'Check group, artifact and version; Scala libraries end in _2.13.'
  });
}
