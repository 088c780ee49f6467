import path from 'node:path';

/** `s3://…`, `hdfs://…` and the like. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/** A folder inside a folder, be that a path of this machine or an address, whose two slashes have to stay. */
export function folderIn(folder: string, name: string): string {
  return ADDRESS.test(folder) ? `${folder.replace(/\/+$/, '')}/${name}` : path.join(folder, name);
}
