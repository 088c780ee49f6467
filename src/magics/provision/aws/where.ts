import type { AwsEnvironments } from '../../../runtime/aws/environments-port.ts';
import type { NotebookTargets } from '../../../runtime/notebook/targets-port.ts';
import type { TargetProfile } from '../../../runtime/profile/profile.ts';
import { refuse } from './refuse.ts';

/** The profiles of an environment, in this region where one is given. */
export async function profilesOf(
  name: string,
  region: string | null,
  { profiles }: NotebookTargets
): Promise<readonly TargetProfile[]> {
  const all = await Promise.all(
    (await profiles.list()).map(each => profiles.read(each).catch(() => null))
  );
  return all.filter(
    profile =>
      profile !== null &&
      profile.environment?.name === name &&
      (region === null || profile.environment.region === region)
  ) as TargetProfile[];
}

/**
 * The region of an environment: as given, as it was planned here, as its profile has it, else that of the
 * surroundings. There is no default: a wrong region would make an environment seem gone.
 */
export async function regionOf(
  name: string | null,
  given: string | undefined,
  targets: NotebookTargets,
  environments: AwsEnvironments
): Promise<string> {
  if (given !== undefined) return given;
  const planned = targets.planned.find(spec => spec.name === name);
  if (planned !== undefined) return planned.region;
  const [profile] = name === null ? [] : await profilesOf(name, null, targets);
  const region = profile?.environment?.region ?? (await environments.defaultRegion());
  if (region !== null) return region;
  throw refuse(
    'needs --region',
    'Such as --region eu-west-1; neither AWS_REGION nor the AWS profile names one.'
  );
}
