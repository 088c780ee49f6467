import { requireTypedName } from '../../../runtime/aws/engine/confirm.ts';
import type {
  AwsEnvironments,
  DestroyedEnvironment,
  EnvironmentStatus
} from '../../../runtime/aws/environments-port.ts';
import { HeadraceError, toHeadraceError } from '../../../shared/errors.ts';
import type { CellContext } from '../../contract.ts';
import { formatPlural } from '../../output/format.ts';
import { withProgress } from '../../output/progress.ts';
import { tableBundle } from '../../output/table.ts';
import { suggestion } from '../../parser/nearest.ts';
import type { AwsArguments } from './arguments.ts';
import { followEnvironment } from './follow.ts';
import { jobsThere, jobTable } from './jobs.ts';
import { leftoverTable } from './leftovers.ts';
import { profilesOf, regionOf } from './where.ts';

/** Removes the environment of the typed name with all that runs there, and says what is left. */
export async function runDestroy(
  typed: string,
  args: AwsArguments,
  environments: AwsEnvironments,
  context: CellContext
): Promise<void> {
  const { runtime, signal } = context;
  requireTypedName(args.name ?? typed, typed, '--destroy');
  const region = await regionOf(typed, args.region, runtime.targets, environments);
  const found = await requireKnown(typed, region, environments, signal);
  // What another notebook made is refused without --force: then nothing that runs there is stopped either.
  if (found.notebook === runtime.id || args.force) {
    await warnOfJobs(typed, region, environments, context);
    await leaveEnvironment(typed, region, context);
  }
  const claim = { notebook: runtime.id, force: args.force };
  const destroyed = await followEnvironment(context, {
    title: `Removing ${typed}`,
    work: onEvent => environments.destroy(typed, region, claim, onEvent, signal),
    summary: ({ removed, left }, elapsed) =>
      left.length === 0
        ? `${typed} is gone after ${elapsed}: ${formatPlural(removed, 'resource')} removed, nothing is left.`
        : `Removed ${formatPlural(removed, 'resource')} of ${typed} in ${elapsed}; ${left.length} could not be removed.`,
    failure: (_error, elapsed) =>
      `${typed} is not gone after ${elapsed}; what is left may cost. Run the same cell again to go on.`
  });
  if (destroyed.left.length > 0) showLeft(typed, destroyed, context);
  else await forget(typed, region, context);
}

/** @throws HR_ENVIRONMENT where the region has no such environment */
async function requireKnown(
  name: string,
  region: string,
  environments: AwsEnvironments,
  signal: AbortSignal
): Promise<EnvironmentStatus> {
  const found = await environments.status(name, region, signal);
  if (found !== null) return found;
  const known = (await environments.list(region, signal)).map(each => each.name);
  throw new HeadraceError('HR_ENVIRONMENT', `There is no environment ${name} in ${region}`, {
    next:
      known.length === 0
        ? 'Headrace has none there; perhaps it is in another --region.'
        : suggestion(name, known, '--destroy ')
  });
}

/** Jobs belong to the environment, whoever submitted them: they end with it, and what they have not written is lost. */
async function warnOfJobs(
  name: string,
  region: string,
  environments: AwsEnvironments,
  { display, clock, signal }: CellContext
): Promise<void> {
  const jobs = await jobsThere(name, region, environments, signal);
  const table = jobTable([jobs], clock.now());
  if (table === null) return;
  if (jobs.running.length > 0)
    display.stderr(
      `Warning: removing ${name} ends ${formatPlural(jobs.running.length, 'job')} of EMR.\n`
    );
  display.show(tableBundle(table));
}

/** A notebook that is on the environment ends what it runs there first; that it cannot is no reason to pay on. */
async function leaveEnvironment(name: string, region: string, context: CellContext): Promise<void> {
  const { runtime, display, signal } = context;
  const own = await profilesOf(name, region, runtime.targets);
  if (!own.some(profile => profile.name === runtime.targets.current)) return;
  try {
    await withProgress(context, {
      title: 'Stopping what this notebook runs there',
      work: onProgress => runtime.down({ stack: false }, onProgress, signal),
      summary: (_result, elapsed) =>
        `Stopped in ${elapsed}; this notebook is attached to nothing now.`
    });
  } catch (error) {
    if (signal.aborted) throw error;
    display.stderr(`It is removed all the same: ${toHeadraceError(error).line}\n`);
  }
}

function showLeft(
  name: string,
  { left }: DestroyedEnvironment,
  { display }: Pick<CellContext, 'display'>
): void {
  const next = `Put the causes right and run %provision aws --destroy ${name} again.`;
  display.show(tableBundle(leftoverTable(left, next)));
}

async function forget(name: string, region: string, { runtime }: CellContext): Promise<void> {
  const { targets } = runtime;
  for (const profile of await profilesOf(name, region, targets))
    await targets.profiles.remove(profile.name);
  await targets.forgetPlan(name);
}
