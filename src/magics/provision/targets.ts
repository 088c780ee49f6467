import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';

/** `local` and the names of the profiles. */
export async function completeTargets({ targets }: NotebookRuntime): Promise<readonly string[]> {
  return [LOCAL_TARGET, ...(await targets.profiles.list())];
}

/** Names of environments that this notebook planned, and of profiles that were made by `%provision aws`. */
export async function completeEnvironments({
  targets
}: NotebookRuntime): Promise<readonly string[]> {
  const names = await targets.profiles.list();
  const profiles = await Promise.all(
    names.map(name => targets.profiles.read(name).catch(() => null))
  );
  const made = profiles.flatMap(profile => profile?.environment?.name ?? []);
  return [...new Set([...targets.planned.map(({ name }) => name), ...made])].toSorted();
}
