import { existsSync } from 'node:fs';

/** `file:` URLs and plain paths name the same local file; other URLs are left for Spark to fetch. */
export function localPath(uri: string): string {
  return uri.replace(/^file:(\/\/(?=\/))?/, '');
}

/** The first of these that names a local file which is not there, or undefined. */
export function missingFile(uris: readonly string[]): string | undefined {
  return uris.map(localPath).find(file => !isRemote(file) && !existsSync(fileOf(file)));
}

function isRemote(uri: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(uri);
}

/** Spark takes `archive.zip#folder` as an archive and the folder to unpack it to. */
function fileOf(file: string): string {
  return existsSync(file) ? file : file.replace(/#[^/]*$/, '');
}
