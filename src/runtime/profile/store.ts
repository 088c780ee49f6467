import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { profileName, targetProfileSchema, type TargetProfile } from './profile.ts';

const ENDING = '.json';

/** The profiles of one user. */
export interface ProfileStore {
  /** Names in order. */
  list(): Promise<readonly string[]>;
  /** Null where there is none of this name; HR_FILE where it cannot be understood. */
  read(name: string): Promise<TargetProfile | null>;
  /** Replaces one of the same name. */
  save(profile: TargetProfile): Promise<void>;
  /** One that is not there is no error. */
  remove(name: string): Promise<void>;
}

/** Profiles as files `<directory>/<name>.json` that only this user may read; nothing is made before the first save. */
export function openProfiles(directory: string): ProfileStore {
  const fileOf = (name: string): string => path.join(directory, `${name}${ENDING}`);
  return {
    list: () => listNames(directory),
    read: name => (isName(name) ? readProfile(fileOf(name)) : Promise.resolve(null)),
    save: profile => writeProfile(fileOf(profile.name), targetProfileSchema.parse(profile)),
    remove: name => (isName(name) ? rm(fileOf(name), { force: true }) : Promise.resolve())
  };
}

function isName(text: string): boolean {
  return profileName.safeParse(text).success;
}

async function listNames(directory: string): Promise<readonly string[]> {
  const files = await readdir(directory).catch(() => []);
  return files
    .filter(file => file.endsWith(ENDING))
    .map(file => file.slice(0, -ENDING.length))
    .filter(isName)
    .toSorted();
}

async function readProfile(file: string): Promise<TargetProfile | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => absent(error, file));
  if (text === null) return null;
  try {
    return targetProfileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function absent(error: unknown, file: string): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw unreadable(file, error);
}

/** The text of the file is not shown: it may hold a password. */
function unreadable(file: string, cause: unknown): HeadraceError {
  const [issue] = cause instanceof z.ZodError ? cause.issues : [];
  return new HeadraceError('HR_FILE', `The profile ${file} cannot be used`, {
    why: issue === undefined ? 'it cannot be read' : `${issue.path.join('.')} is wrong`,
    next: 'Write it again with %provision attach, or remove the file.',
    cause
  });
}

/** A reader sees the old file or the new one, never half of it. */
async function writeProfile(file: string, profile: TargetProfile): Promise<void> {
  const directory = path.dirname(file);
  const fresh = `${file}.${randomUUID()}.new`;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    await writeFile(fresh, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 });
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new HeadraceError('HR_DISK', `The profile cannot be written to ${file}`, {
      next: 'Make room or give write permission, then run the cell again.',
      cause
    });
  }
}
