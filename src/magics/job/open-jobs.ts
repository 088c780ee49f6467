import type { EnvironmentJobs } from '../../runtime/aws/emr/jobs/environment-jobs.ts';
import type { JobView } from '../../runtime/aws/emr/jobs/port.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { LOCAL_TARGET, type TargetProfile } from '../../runtime/profile/profile.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';

/** The profile that the notebook is on; null on the stack of this machine and on none. */
export async function profileOf({ targets }: NotebookRuntime): Promise<TargetProfile | null> {
  const { current, profiles } = targets;
  return current === null || current === LOCAL_TARGET ? null : profiles.read(current);
}

/** The profile of an environment on AWS that the notebook is on; null on anything else. */
export async function awsProfileOf(runtime: NotebookRuntime): Promise<TargetProfile | null> {
  const profile = await profileOf(runtime);
  return profile?.environment === null ? null : profile;
}

/** The jobs of the environment that a profile is of. */
export async function jobsOf(
  profile: TargetProfile,
  { runtime, signal }: Pick<CellContext, 'runtime' | 'signal'>
): Promise<EnvironmentJobs> {
  return (await runtime.targets.aws()).jobs.open(profile, signal);
}

/** Those of the environment that the notebook is on; HR_USAGE where it is on none. */
export async function requireJobs(
  context: Pick<CellContext, 'runtime' | 'signal'>
): Promise<EnvironmentJobs> {
  const profile = await awsProfileOf(context.runtime);
  if (profile !== null) return jobsOf(profile, context);
  throw new HeadraceError('HR_USAGE', 'This notebook is on no environment of AWS', {
    why: '%job is about the jobs of EMR',
    next: 'Move there with %provision use PROFILE, or see %batch list for the batches of Livy.'
  });
}

/**
 * A job by its id, or the newest of a name.
 *
 * @throws HR_USAGE with the newest that there are
 */
export async function findJob(
  jobs: EnvironmentJobs,
  idOrName: string,
  signal: AbortSignal
): Promise<JobView> {
  const listed = await jobs.list(signal);
  const found = listed.find(({ id, name }) => id === idOrName || name === idOrName);
  if (found !== undefined) return found;
  const known = listed
    .slice(0, KNOWN)
    .map(({ id }) => id)
    .join(', ');
  throw new HeadraceError('HR_USAGE', `There is no job ${idOrName}`, {
    next: known === '' ? 'None was submitted.' : `The newest are ${known}; see %job list.`
  });
}

const KNOWN = 5;

/** A person who types does not wait longer for a list of jobs, milliseconds. */
const LIST_LIMIT_MS = 2_000;

/** Ids of jobs, the newest first; none on another target than an environment of AWS. */
export async function completeJobs(
  runtime: NotebookRuntime,
  which: 'list' | 'running'
): Promise<readonly string[]> {
  const profile = await awsProfileOf(runtime);
  if (profile === null) return [];
  const signal = AbortSignal.timeout(LIST_LIMIT_MS);
  const jobs = await jobsOf(profile, { runtime, signal });
  return (await jobs[which](signal)).map(({ id }) => id);
}
